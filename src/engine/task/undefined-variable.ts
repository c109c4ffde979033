import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'

/** An argument of a task uses what is not defined: the result says so first, in the words that playbooks look for. */
export class UndefinedOptionError extends DiagnosticError {
  constructor({ diagnostics, message }: DiagnosticError) {
    super(diagnostics)
    this.message = `The task includes an option with an undefined variable. The error was: ${message}`
  }
}

/** Whether an evaluation failed for nothing but a variable that no source defines. */
export function isUndefinedVariable(error: unknown): error is DiagnosticError {
  return error instanceof DiagnosticError && error.diagnostics.every(({ code }) => code === 'undefined-variable')
}
