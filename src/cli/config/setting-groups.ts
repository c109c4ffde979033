import type { Setting } from '../../config/setting.ts'
import { SETTING_TABLE } from '../../config/settings.ts'

/** The settings of one plugin, or those that belong to none. */
export interface SettingGroup {
  /** `connection`; undefined: settings of the program itself. */
  readonly type: string | undefined
  readonly plugin: string
  /** By the names they have there, in order. */
  readonly settings: ReadonlyMap<string, NamedSetting>
}

export interface NamedSetting {
  /** In the table of all settings. */
  readonly name: string
  readonly setting: Setting
}

/** The groups that `-t TYPE PLUGIN...` asks for. */
export function settingGroups(type: string, plugins: readonly string[]): readonly SettingGroup[] {
  const groups = allGroups()
  const wanted = groups.filter((group) => type === 'all' || (type === 'base' ? group.type === undefined : group.type === type))
  return plugins.length === 0 ? wanted : wanted.filter((group) => group.type === undefined || plugins.includes(group.plugin))
}

function allGroups(): readonly SettingGroup[] {
  const groups = new Map<string, { type: string | undefined, plugin: string, settings: Map<string, NamedSetting> }>()
  for (const [name, setting] of [...SETTING_TABLE].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [type, plugin, option] = name.split('.')
    const key = option === undefined ? '' : `${type}.${plugin}`
    const group = groups.get(key) ?? { type: option === undefined ? undefined : type, plugin: plugin ?? '', settings: new Map<string, NamedSetting>() }
    group.settings.set(option ?? name, { name, setting })
    groups.set(key, group)
  }
  return [...groups.values()]
}
