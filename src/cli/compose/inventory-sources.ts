import type { Config } from '../../config/config.ts'
import { existsSync } from 'node:fs'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { LiveInventory } from '../../inventory/live-inventory.ts'
import { type InventoryOptions, loadInventory } from '../../inventory/load-inventory.ts'
import { failOnErrors } from './problems.ts'

/** The inventory of a run and the way to read its sources again. */
export interface InventorySources {
  readonly sources: readonly string[]
  readonly inventory: LiveInventory
  /** `meta: refresh_inventory`. */
  readonly refresh: () => Promise<void>
  readonly diagnostics: readonly Diagnostic[]
}

export async function readInventory(given: readonly string[] | undefined, config: Config, options: InventoryOptions): Promise<InventorySources> {
  const sources = given ?? configuredInventory(config)
  const { value, diagnostics } = await loadInventory(sources, options)
  const inventory = new LiveInventory(value)
  return {
    sources, inventory, diagnostics,
    refresh: async () => {
      const again = await loadInventory(sources, options)
      failOnErrors(again.diagnostics)
      inventory.replace(again.value)
    },
  }
}

/** Without `-i`; nobody need have the usual one. */
function configuredInventory(config: Config): readonly string[] {
  const sources = config.get('DEFAULT_HOST_LIST')
  return config.find('DEFAULT_HOST_LIST')?.origin === 'default' ? sources.filter((path) => existsSync(path)) : sources
}
