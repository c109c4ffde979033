import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'

/** Whether an evaluation failed for nothing but a variable that no source defines. */
export function isUndefinedVariable(error: unknown): boolean {
  return error instanceof DiagnosticError && error.diagnostics.every(({ code }) => code === 'undefined-variable')
}
