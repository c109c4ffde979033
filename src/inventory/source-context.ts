import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { SourceRange } from '../diagnostics/types.ts'
import type { Value } from '../value/value.ts'
import type { Problems } from '../yaml/problems.ts'
import type { SourceStore } from '../yaml/source-store.ts'
import type { InventoryStore } from './inventory-store.ts'

/** What every kind of source is given. */
export interface SourceContext {
  readonly store: InventoryStore
  readonly problems: Problems
  readonly sources: SourceStore
}

/** Text of a source file: a template if it holds template marks. */
export function sourceText(text: string, range: SourceRange): Value {
  return isTemplate(text) ? new TemplateString(text, range) : text
}
