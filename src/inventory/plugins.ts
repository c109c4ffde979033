import type { TemplateString } from '../value/template-string.ts'
import type { Dict, Value } from '../value/value.ts'
import type { YamlNode } from '../yaml/node.ts'
import { readConstructedSource } from './constructed-plugin.ts'
import type { RemoteReader } from './settings/read-settings.ts'
import { readSettingsSource } from './settings/settings-plugin.ts'
import type { SourceContext } from './source-context.ts'

export interface PluginContext extends SourceContext {
  /** Folder of the configuration file: relative paths start there. */
  readonly folder: string
  readonly readRemote: RemoteReader | undefined
  readonly evaluate: Evaluate | undefined
}

/** Evaluates a template over variables, for the plugin `constructed`. Throws when it cannot. */
export type Evaluate = (template: TemplateString, variables: Dict) => Value

/** Reads what a configuration file (`plugin: NAME`) describes. Returns the local folders it read, which are no sources themselves. */
export type InventoryPlugin = (node: YamlNode, context: PluginContext) => Promise<readonly string[]>

/** Inventory plugins by name. */
export const PLUGINS: Readonly<Record<string, InventoryPlugin>> = {
  constructed: readConstructedSource,
  settings: readSettingsSource,
}
