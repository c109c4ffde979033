import type { SourceRange } from '../diagnostics/types.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Dict, Value } from '../value/value.ts'
import type { Problems } from '../yaml/problems.ts'
import type { SourceStore } from '../yaml/source-store.ts'
import type { InventorySettings } from './inventory-settings.ts'
import type { InventoryStore } from './inventory-store.ts'
import type { RemoteReader } from './settings/read-settings.ts'
import type { VariableFolder } from './variable-folder.ts'

/** What every kind of source is given. */
export interface SourceContext {
  readonly store: InventoryStore
  readonly problems: Problems
  readonly sources: SourceStore
  readonly settings: InventorySettings
  /** Reads settings files on a firstbox, for the plugin `settings`. */
  readonly readRemote: RemoteReader | undefined
  /** Evaluates expressions, for the plugins `constructed` and `generator`. */
  readonly evaluate: Evaluate | undefined
  /** `--extra-vars`. */
  readonly extra: Dict
  /** Facts that a cache has of a host. */
  readonly facts: (host: string) => Dict | undefined
  /** `group_vars/` and `host_vars/` beside the sources read so far, strongest first. */
  readonly folders: () => readonly VariableFolder[]
}

/** Evaluates a template over variables. Throws when it cannot. */
export type Evaluate = (template: TemplateString, variables: Dict) => Value

/** Text of a source file: a template if it holds template marks. */
export function sourceText(text: string, range: SourceRange): Value {
  return isTemplate(text) ? new TemplateString(text, range) : text
}
