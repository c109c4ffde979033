import type { InventorySettings } from './inventory-settings.ts'
import type { SourceContext } from './source-context.ts'

/** One way to read a source. */
export interface InventoryPlugin {
  /** Whether it may be able to, judged by the source's name, kind and first bytes. */
  readonly accepts: (source: string, settings: InventorySettings) => boolean
  /**
   * Reads a source into the store; what is wrong with it goes to `problems`. Undefined: the source is not of its kind after all.
   * Returns the local folders that it read besides, which are no sources themselves.
   */
  readonly read: (source: string, context: SourceContext) => Promise<readonly string[] | undefined> | readonly string[] | undefined
  /** Its sources are configuration files with `plugin: NAME`. */
  readonly configured?: boolean
}
