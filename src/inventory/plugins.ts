import type { YamlNode } from '../yaml/node.ts'
import type { RemoteReader } from './settings/read-settings.ts'
import { readSettingsSource } from './settings/settings-plugin.ts'
import type { SourceContext } from './source-context.ts'

export interface PluginContext extends SourceContext {
  /** Folder of the configuration file: relative paths start there. */
  readonly folder: string
  readonly readRemote: RemoteReader | undefined
}

/** Reads what a configuration file (`plugin: NAME`) describes. Returns the local folders it read, which are no sources themselves. */
export type InventoryPlugin = (node: YamlNode, context: PluginContext) => Promise<readonly string[]>

/** Inventory plugins by name. */
export const PLUGINS: Readonly<Record<string, InventoryPlugin>> = {
  settings: readSettingsSource,
}
