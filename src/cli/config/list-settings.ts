import type { Setting } from '../../config/setting.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { asYamlOrJson } from './as-yaml-or-json.ts'
import type { SettingGroup } from './setting-groups.ts'

/** What each setting is for, its type and default, and where it is read from. */
export function listSettings(groups: readonly SettingGroup[], format: string): string {
  const base = groups.filter(({ type }) => type === undefined).flatMap((group) => entriesOf(group))
  const types = [...new Set(groups.flatMap(({ type }) => type ?? []))]
  const plugins = types.map((type) => [type.toUpperCase(), byPlugin(groups.filter((group) => group.type === type))] as const)
  return asYamlOrJson({ ...Object.fromEntries(base), ...plugins.length > 0 && { PLUGINS: Object.fromEntries(plugins) } }, format)
}

function byPlugin(groups: readonly SettingGroup[]): JsonObject {
  return Object.fromEntries(groups.map((group) => [group.plugin, Object.fromEntries(entriesOf(group))]))
}

function entriesOf({ settings }: SettingGroup): (readonly [string, Json])[] {
  return [...settings].map(([name, { setting }]) => [name, described(name, setting)])
}

function described(name: string, setting: Setting): JsonObject {
  const named = (names: readonly string[]): Json => names.map((one) => ({ name: one }))
  return {
    name, type: setting.type, default: setting.default ?? null,
    description: setting.description ?? `Has no effect in tsplay. ${setting.unused ?? ''}`.trim(),
    ...setting.env && { env: named(setting.env) },
    ...setting.ini && { ini: setting.ini.map((place) => ({ section: sectionOf(place), key: keyOf(place) })) },
    ...setting.vars && { vars: named(setting.vars) },
    ...setting.choices && { choices: [...setting.choices] },
  }
}

export function sectionOf(place: string): string {
  return place.slice(0, place.lastIndexOf('.'))
}

export function keyOf(place: string): string {
  return place.slice(place.lastIndexOf('.') + 1)
}
