import type { Setting, ValueOf } from './setting.ts'
import { CONNECTION_SETTINGS } from './settings/connection-settings.ts'
import { DISPLAY_SETTINGS } from './settings/display-settings.ts'
import { INVENTORY_SETTINGS } from './settings/inventory-settings.ts'
import { MODULE_SETTINGS } from './settings/module-settings.ts'
import { PATHS_SETTINGS } from './settings/paths-settings.ts'
import { PLUGIN_SETTINGS } from './settings/plugin-settings.ts'
import { RUN_SETTINGS } from './settings/run-settings.ts'
import { UNUSED_SETTINGS } from './settings/unused-settings.ts'
import { VAULT_SETTINGS } from './settings/vault-settings.ts'

/** Every setting, under the name that Ansible's documentation and `lookup('config', ...)` know it by. */
const SETTINGS = {
  ...RUN_SETTINGS, ...CONNECTION_SETTINGS, ...INVENTORY_SETTINGS, ...DISPLAY_SETTINGS, ...VAULT_SETTINGS, ...PATHS_SETTINGS, ...MODULE_SETTINGS,
  ...UNUSED_SETTINGS, ...PLUGIN_SETTINGS,
} as const

export type SettingName = keyof typeof SETTINGS
export type SettingValues = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> }

/** The table with its names as plain text, for those that look them up. */
export const SETTING_TABLE: ReadonlyMap<string, Setting> = new Map(Object.entries(SETTINGS))
