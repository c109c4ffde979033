import type { Config, SourcedValue } from '../../config/config.ts'
import { fromJson } from '../../value/json.ts'
import { textOf } from '../../value/text.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { asYamlOrJson } from './as-yaml-or-json.ts'
import { GALAXY_SERVER } from './galaxy-servers.ts'
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
  const dumped = groups.map((group) => ({ group, settings: dumpedOf(group, options) }))
    .filter(({ group, settings }) => settings.length > 0 || (!options.onlyChanged && group.type !== undefined))
  return options.format === 'display' ? displayed(dumped) : asYamlOrJson(asData(dumped), options.format)
}

interface DumpedGroup {
  readonly group: SettingGroup
  readonly settings: readonly DumpedSetting[]
}

function dumpedOf({ settings }: SettingGroup, { config, onlyChanged }: DumpOptions): DumpedSetting[] {
  return [...settings].flatMap(([name, setting]) => {
    const found = config.find(setting.name) ?? config.read(setting.setting)
    return onlyChanged && found.origin === 'default' ? [] : [{ name, ...found }]
  })
}

function displayed(dumped: readonly DumpedGroup[]): string {
  const lines: string[] = []
  let type: string | undefined
  const servers = dumped.filter(({ group }) => group.type === GALAXY_SERVER)
  for (const { group, settings } of dumped.filter((one) => !servers.includes(one))) {
    if (group.type !== undefined && group.type !== type) lines.push('', `${group.type.toUpperCase()}:`, '='.repeat(group.type.length))
    if (group.type !== undefined) lines.push('', `${group.plugin}:`, '_'.repeat(group.plugin.length))
    type = group.type
    lines.push(...settings.map(line))
  }
  return [...lines, ...serversText(servers)].join('\n')
}

function serversText(servers: readonly DumpedGroup[]): readonly string[] {
  if (servers.length === 0) return []
  return ['', 'GALAXY_SERVERS:', '', ...servers.flatMap(({ group: { plugin }, settings }) => ['', plugin, '='.repeat(plugin.length), ...settings.map(line)])]
}

function line({ name, value, origin }: DumpedSetting): string {
  return `${name}(${origin}) = ${textOf(fromJson(jsonOf(value)))}`
}

function asData(dumped: readonly DumpedGroup[]): Json {
  const base = dumped.filter(({ group }) => group.type === undefined).flatMap(({ settings }) => settings.map(entry))
  const types = [...new Set(dumped.flatMap(({ group }) => group.type ?? []))].filter((type) => type !== GALAXY_SERVER)
  return [...base, ...serversData(dumped.filter(({ group }) => group.type === GALAXY_SERVER)), ...types.map((type) => ({
    [`${type.toUpperCase()}_PLUGINS`]: dumped.filter(({ group }) => group.type === type).map(({ group, settings }) => ({ [group.plugin]: settings.map(entry) })),
  }))]
}

/** Lists of name, value, origin and type, as ansible-config has them. */
function serversData(servers: readonly DumpedGroup[]): readonly Json[] {
  if (servers.length === 0) return []
  return [{ GALAXY_SERVERS: Object.fromEntries(servers.map(({ group, settings }) => [group.plugin, serverData(settings)])) }]
}

function serverData(settings: readonly DumpedSetting[]): JsonObject {
  return Object.fromEntries(settings.map(({ name, value, origin }) => [name, [name, jsonOf(value), origin, null]]))
}

function entry({ name, value, origin }: DumpedSetting): JsonObject {
  return { name, origin, value: jsonOf(value) }
}

function jsonOf(value: SourcedValue['value']): Json {
  return value === undefined ? null : value
}
