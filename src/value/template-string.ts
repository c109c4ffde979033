import type { SourceRange } from '../diagnostics/types.ts'

/** Text of a source file that holds `{{`, `{%` or `{#`: the only strings that are ever evaluated. */
export class TemplateString {
  readonly source: string
  readonly range: SourceRange | undefined

  constructor(source: string, range?: SourceRange) {
    this.source = source
    this.range = range
  }
}

/** Whether a source text needs the template engine at all. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#')
}
