import type { Diagnostic, Severity, SourceRange } from '../diagnostics/types.ts'

/** What a diagnostic may say besides its code and summary. */
export interface ProblemDetails {
  readonly range?: SourceRange | undefined
  readonly hint?: string | undefined
  readonly detail?: string | undefined
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

  #add(severity: Severity, text: { readonly code: string, readonly summary: string }, { range, hint, detail }: ProblemDetails): void {
    this.diagnostics.push({
      ...text,
      severity,
      ...(range === undefined ? {} : { range }),
      ...(hint === undefined ? {} : { hint }),
      ...(detail === undefined ? {} : { detail }),
    })
  }
}
