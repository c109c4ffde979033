import type { Config, SourcedValue } from '../../config/config.ts'
import { fromJson } from '../../value/json.ts'
import { textOf } from '../../value/text.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { asYamlOrJson } from './as-yaml-or-json.ts'
import type { SettingGroup } from './setting-groups.ts'

export interface DumpOptions {
  readonly config: Config
  readonly format: string
  readonly onlyChanged: boolean
}

interface DumpedSetting extends SourcedValue {
  readonly name: string
}

/** The settings of each group with their values and where these come from: `NAME(origin) = value`, or as data. */
export function dumpSettings(groups: readonly SettingGroup[], options: DumpOptions): string {
  const dumped = groups.map((group) => ({ group, settings: dumpedOf(group, options) })).filter(({ group, settings }) => settings.length > 0 || (!options.onlyChanged && group.type !== undefined))
  return options.format === 'display' ? displayed(dumped) : asYamlOrJson(asData(dumped), options.format)
}

interface DumpedGroup {
  readonly group: SettingGroup
  readonly settings: readonly DumpedSetting[]
}

function dumpedOf({ settings }: SettingGroup, { config, onlyChanged }: DumpOptions): DumpedSetting[] {
  return [...settings].flatMap(([name, setting]) => {
    const found = config.find(setting.name) ?? { value: undefined, origin: 'default' }
    return onlyChanged && found.origin === 'default' ? [] : [{ name, ...found }]
  })
}

function displayed(dumped: readonly DumpedGroup[]): string {
  const lines: string[] = []
  let type: string | undefined
  for (const { group, settings } of dumped) {
    if (group.type !== undefined && group.type !== type) lines.push('', `${group.type.toUpperCase()}:`, '='.repeat(group.type.length))
    if (group.type !== undefined) lines.push('', `${group.plugin}:`, '_'.repeat(group.plugin.length))
    type = group.type
    lines.push(...settings.map(({ name, value, origin }) => `${name}(${origin}) = ${textOf(fromJson(jsonOf(value)))}`))
  }
  return lines.join('\n')
}

function asData(dumped: readonly DumpedGroup[]): Json {
  const base = dumped.filter(({ group }) => group.type === undefined).flatMap(({ settings }) => settings.map(entry))
  const types = [...new Set(dumped.flatMap(({ group }) => group.type ?? []))]
  return [...base, ...types.map((type) => ({
    [`${type.toUpperCase()}_PLUGINS`]: dumped.filter(({ group }) => group.type === type).map(({ group, settings }) => ({ [group.plugin]: settings.map(entry) })),
  }))]
}

function entry({ name, value, origin }: DumpedSetting): JsonObject {
  return { name, origin, value: jsonOf(value) }
}

function jsonOf(value: SourcedValue['value']): Json {
  return value === undefined ? null : value
}
