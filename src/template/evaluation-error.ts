import type { TemplateErrorCode } from './template-error.ts'

/** Something wrong found by a filter, test, lookup or operator; the evaluator adds the place and makes it a `TemplateError`. */
export class EvaluationError extends Error {
  readonly kind = 'evaluation'
  readonly code: TemplateErrorCode
  readonly hint: string | undefined

  constructor(code: TemplateErrorCode, message: string, hint?: string) {
    super(message)
    this.name = 'EvaluationError'
    this.code = code
    this.hint = hint
  }
}
