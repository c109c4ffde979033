import type { Diagnostic } from './types.ts'

/** Carries diagnostics across a call boundary; the cli or the engine turns it into output once. */
export class DiagnosticError extends Error {
  readonly kind = 'diagnostic'
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    super(diagnostics.map((diagnostic) => diagnostic.summary).join('\n'), options)
    this.name = 'DiagnosticError'
    this.diagnostics = diagnostics
  }
}
