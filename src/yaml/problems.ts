import type { Diagnostic, Severity, SourceRange } from '../diagnostics/types.ts'

/** What a diagnostic may say besides its code and summary. */
export interface ProblemDetails {
  readonly range?: SourceRange | undefined
  readonly hint?: string | undefined
  readonly detail?: string | undefined
  readonly ansible?: string | undefined
}

/** Collects diagnostics while a file is read, so that all of them are shown together. */
export class Problems {
  readonly diagnostics: Diagnostic[] = []

  error(code: string, summary: string, details: ProblemDetails = {}): void {
    this.#add('error', { code, summary }, details)
  }

  warning(code: string, summary: string, details: ProblemDetails = {}): void {
    this.#add('warning', { code, summary }, details)
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    this.diagnostics.push(...diagnostics)
  }

  get hasErrors(): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  }

  #add(severity: Severity, text: { readonly code: string, readonly summary: string }, details: ProblemDetails): void {
    const given = Object.entries(details).filter(([, value]) => value !== undefined)
    this.diagnostics.push({ ...text, severity, ...Object.fromEntries(given) })
  }
}
