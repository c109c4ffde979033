import { resolve } from 'node:path'
import type { YamlMapping, YamlNode } from '../../yaml/node.ts'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Problems } from '../../yaml/problems.ts'
import { valueOf } from '../../yaml/value-of.ts'
import type { SettingsPlace } from './read-settings.ts'

/**
 * The plugin's configuration:
 *
 *     plugin: settings
 *     folder: settings                          # or source: firstbox:/pitrix/conf/settings
 *     sources:                                  # or several, each with a zone for nodes that say none
 *       - { source: 'firstbox:/pitrix/conf/settings', zone: devops1a }
 *       - { folder: settings/devops2a, zone: devops2a }
 *     zones: [devops1a, devops2a]               # zones that may occur; all that do when not given
 *     variables: firstbox:/pitrix/conf/variables/variables.yaml   # where ntp_*_address are; a file or host:/file
 *     ntp_addresses: [172.16.80.3]              # further time servers
 *     dict: settings                            # variable that holds all settings of a host
 *     prefix: ''                                # with a prefix, every setting is a variable too: PREFIX + name
 *     groups: both                              # plain (GROUP), zone (ZONE-GROUP) or both
 *     prefix_zone: true                         # virtual nodes go by ZONE-NAME, whether their files have the prefix yet or not
 *     overlap: first                            # of several sources that describe one host the first counts; error (default) when they differ
 *
 * A source with `optional: true` may be out of reach: a warning, no error.
 */
export interface SettingsOptions {
  readonly places: readonly SettingsPlace[]
  readonly zones: ReadonlySet<string> | undefined
  readonly variables: SettingsPlace | undefined
  readonly ntpAddresses: readonly string[]
  readonly dict: string
  readonly prefix: string | undefined
  readonly groups: 'plain' | 'zone' | 'both'
  readonly prefixZone: boolean
  readonly overlap: 'error' | 'first'
}

/** Reads the configuration; paths are relative to the folder of its file. */
export function readSettingsOptions(node: YamlMapping, folder: string, problems: Problems): SettingsOptions {
  const fields = new Map(node.entries.map(({ key, value }) => [String(key.value), value]))
  for (const { key } of node.entries) {
    const name = String(key.value)
    if (!OPTIONS.has(name)) problems.error('unknown-option', `Cannot use the option '${name}': plugin settings has none of that name`, { range: key.range, hint: didYouMean(name, OPTIONS) })
  }
  const places = [node, ...itemsOf(fields.get('sources'))].flatMap((item) => placeOf(item, folder) ?? [])
  if (places.length === 0) problems.error('missing-option', "Cannot find settings: give 'folder', 'source' or 'sources'", { range: node.range })
  const zones = fields.get('zones')
  return {
    places,
    zones: zones === undefined ? undefined : new Set(textsOf(zones)),
    variables: variablesPlace(fields.get('variables'), folder),
    ntpAddresses: textsOf(fields.get('ntp_addresses')),
    dict: textOf(fields.get('dict')) ?? 'settings',
    prefix: textOf(fields.get('prefix')),
    groups: readKind(fields.get('groups'), problems),
    prefixZone: isTrue(fields.get('prefix_zone')),
    overlap: textOf(fields.get('overlap')) === 'first' ? 'first' : 'error',
  }
}

function readKind(node: YamlNode | undefined, problems: Problems): SettingsOptions['groups'] {
  const text = textOf(node) ?? 'both'
  if (text === 'plain' || text === 'zone' || text === 'both') return text
  problems.error('bad-option', "Cannot use 'groups': it must be plain, zone or both", { range: node?.range })
  return 'both'
}

function variablesPlace(node: YamlNode | undefined, folder: string): SettingsPlace | undefined {
  const text = textOf(node)
  if (node === undefined || text === undefined) return undefined
  return text.includes(':/') ? { source: text, range: node.range } : { folder: resolve(folder, text), range: node.range }
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'sequence' ? node.items : []
}

const OPTIONS = new Set(['plugin', 'folder', 'source', 'sources', 'zone', 'zones', 'variables', 'ntp_addresses', 'dict', 'prefix', 'groups', 'prefix_zone', 'overlap'])

function placeOf(node: YamlNode, folder: string): SettingsPlace | undefined {
  if (node.kind !== 'mapping') return undefined
  const text = (name: string): string | undefined => textOf(node.entries.find(({ key }) => key.value === name)?.value)
  const [local, source, zone] = [text('folder'), text('source'), text('zone')]
  const range = node.entries.find(({ key }) => key.value === 'folder' || key.value === 'source')?.value.range ?? node.range
  const optional = isTrue(node.entries.find(({ key }) => key.value === 'optional')?.value)
  const zoned = { ...zone === undefined ? {} : { zone }, ...optional ? { optional } : {} }
  if (local !== undefined) return { folder: resolve(folder, local), range, ...zoned }
  return source === undefined ? undefined : { source, range, ...zoned }
}

function isTrue(node: YamlNode | undefined): boolean {
  return node !== undefined && valueOf(node) === true
}

function textOf(node: YamlNode | undefined): string | undefined {
  const value = node === undefined ? null : valueOf(node)
  return typeof value === 'string' ? value : undefined
}

function textsOf(node: YamlNode | undefined): string[] {
  if (node === undefined) return []
  return (node.kind === 'sequence' ? node.items : [node]).map((item) => String(valueOf(item)))
}
