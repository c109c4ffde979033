import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../diagnostics/types.ts'

/** The command line itself asks for something that cannot be. */
export class UsageError extends DiagnosticError {
  constructor(diagnostic: Diagnostic) {
    super([diagnostic])
  }
}
