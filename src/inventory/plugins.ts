import { advancedHostList } from './sources/advanced-host-list.ts'
import { auto } from './sources/auto.ts'
import { constructed } from './sources/constructed.ts'
import { generator } from './sources/generator.ts'
import { hostList } from './sources/host-list.ts'
import { ini } from './sources/ini.ts'
import type { InventoryPlugin } from './inventory-plugin.ts'
import { script } from './sources/script.ts'
import { settings } from './settings/settings-plugin.ts'
import { toml } from './sources/toml.ts'
import { yaml } from './sources/yaml.ts'

/** Inventory plugins by name: those that read a kind of source, and those that a configuration file (`plugin: NAME`) asks for. */
const PLUGINS: ReadonlyMap<string, InventoryPlugin> = new Map<string, InventoryPlugin>(Object.entries({
  advanced_host_list: advancedHostList,
  auto: auto((name) => pluginNamed(name), () => [...PLUGINS.keys()].filter((name) => PLUGINS.get(name)?.configured === true)),
  constructed,
  generator,
  host_list: hostList,
  ini,
  script,
  settings,
  toml,
  yaml,
}))

/** A plugin by its name, with or without `ansible.builtin.`. */
export function pluginNamed(name: string): InventoryPlugin | undefined {
  return PLUGINS.get(name.replace(/^ansible\.(?:builtin|legacy)\./, ''))
}
