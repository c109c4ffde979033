import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic, SourceRange } from '../diagnostics/types.ts'

export type TemplateErrorCode = 'template-syntax' | 'undefined-variable' | 'template-type' | 'template-recursion' | 'template-not-found' | 'vault'
  | 'filter-argument' | 'unknown-filter' | 'unknown-test' | 'unknown-lookup' | 'lookup-failed' | 'plugin-failed' | 'mandatory' | 'condition-not-boolean' | 'condition-syntax'

export interface TemplateFault {
  readonly code: TemplateErrorCode
  readonly summary: string
  /** What a result says instead of the summary: words of Ansible's, or of the author, that playbooks compare. */
  readonly reason?: string | undefined
  readonly detail?: string | undefined
  readonly hint?: string | undefined
  readonly range?: SourceRange | undefined
}

/** A template that cannot be read or evaluated. `detail` tells through which other templates it was reached. */
export class TemplateError extends DiagnosticError {
  readonly code: TemplateErrorCode
  readonly fault: TemplateFault

  constructor(fault: TemplateFault, options?: ErrorOptions) {
    super([diagnosticOf(fault)], options)
    this.name = 'TemplateError'
    this.code = fault.code
    if (fault.reason !== undefined) this.message = fault.reason
    this.fault = fault
  }

  /** The same error, told with one more template that led to it. */
  usedBy(user: string): TemplateError {
    const detail = this.fault.detail === undefined ? `Used by ${user}` : `${this.fault.detail}\nUsed by ${user}`
    return new TemplateError({ ...this.fault, detail }, { cause: this.cause })
  }
}

/** A fault as it is shown. */
export function diagnosticOf({ code, summary, detail, hint, range }: TemplateFault, severity: Diagnostic['severity'] = 'error'): Diagnostic {
  return {
    code,
    severity,
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
    ...(range === undefined ? {} : { range }),
  }
}
