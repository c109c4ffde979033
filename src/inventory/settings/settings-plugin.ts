import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Value } from '../../value/value.ts'
import { parseYaml } from '../../yaml/parse-yaml.ts'
import { isFile, shownPath } from '../../yaml/source-store.ts'
import { valueOf } from '../../yaml/value-of.ts'
import type { InventoryStore } from '../inventory-store.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import type { SourceContext } from '../source-context.ts'
import { type Configuration, readConfiguration } from '../sources/configuration.ts'
import { checkNodes } from './check-nodes.ts'
import { NODE_GROUPS } from './node-groups.ts'
import { nameInZone, setting, type SettingsNode } from './node.ts'
import { readNode, readSettingsFiles, type SettingsPlace, splitSource, zoneOf } from './read-settings.ts'
import { readSettingsOptions, type SettingsOptions } from './settings-options.ts'

/** Plugin `settings`: hosts, variables and all node groups from the platform's settings files. */
export const settings: InventoryPlugin = {
  accepts: isSettingsConfiguration,
  configured: true,
  async read(source, context) {
    const configuration = readConfiguration(source, 'settings', context)
    return configuration && readSettings(configuration, dirname(source), context)
  },
}

/** Whether a file is a configuration of this plugin. */
export function isSettingsConfiguration(path: string): boolean {
  return /\.ya?ml$/.test(path) && isFile(path) && /^plugin:\s*settings\s*(?:#.*)?$/m.test(readFileSync(path, 'utf8'))
}

async function readSettings({ node }: Configuration, folder: string, context: SourceContext): Promise<readonly string[]> {
  const options = readSettingsOptions(node, folder, context.problems)
  const nodes = await readNodes(options, context)
  const zones = options.zones ?? zonesOf(options.places, nodes)
  checkNodes(nodes, { problems: context.problems, zones })
  const ntpAddresses = new Set([...options.ntpAddresses, ...await ntpAddressesOf(options.variables, context)])
  for (const host of nodes) addNode(host, options, context.store)
  addGroups(nodes, { options, zones: [...zones].filter((zone) => zone !== ''), ntpAddresses, store: context.store })
  return options.places.flatMap(({ folder }) => folder ?? [])
}

/** The zones that the places name, if each does; otherwise those of the nodes. */
function zonesOf(places: SettingsOptions['places'], nodes: readonly SettingsNode[]): ReadonlySet<string> {
  const named = places.flatMap(({ zone }) => zone ?? [])
  return new Set(places.length > 0 && named.length === places.length ? named : nodes.map(({ zone }) => zone))
}

async function readNodes({ places, zones, prefixZone, overlap }: SettingsOptions, context: SourceContext): Promise<readonly SettingsNode[]> {
  const found = await Promise.all(places.map(async (place) => (await readSettingsFiles(place, context)).map((file) => ({ place, node: readNode(file, context.problems) }))))
  const read = found.flat()
  const known = new Set([...zones ?? [], ...places.flatMap(({ zone }) => zone ?? []), ...read.map(({ node }) => node.values.get('zone_id') ?? '')])
  known.delete('')
  const nodes = read.map(({ node, place }) => ({ ...node, zone: zoneOf(node, known, place.zone) }))
  return withoutSecondFiles(prefixZone ? nodes.map(withZonePrefix) : nodes, overlap, context)
}

/** A virtual node under the name that it has in a region; its file may still have the other one. */
function withZonePrefix(node: SettingsNode): SettingsNode {
  return { ...node, name: nameInZone(node, node.name) }
}

/** One host described in two places is an error: which one holds? */
function withoutSecondFiles(nodes: readonly SettingsNode[], overlap: SettingsOptions['overlap'], { problems }: SourceContext): readonly SettingsNode[] {
  const byName = new Map<string, SettingsNode>()
  for (const node of nodes) {
    const first = byName.get(node.name)
    if (first === undefined) byName.set(node.name, node)
    else if (overlap === 'error' && first.file.text !== node.file.text) {
      problems.error('duplicate-settings', `Cannot use two settings files of '${node.name}': ${first.file.path} and ${node.file.path} differ`, { range: { file: node.file, start: 0, end: 0 } })
    }
  }
  return [...byName.values()]
}

function addNode(node: SettingsNode, { dict, prefix }: SettingsOptions, store: InventoryStore): void {
  const variables = new Map<string, Value>([[dict, new Map(node.values)], ['zone_id', node.zone]])
  if (prefix !== undefined) for (const [name, value] of node.values) variables.set(prefix + name, value)
  const address = setting(node, 'mgmt_network_address')
  if (address !== '') variables.set('ansible_host', address)
  store.addHost(node.name, [], variables)
}

interface Grouping {
  readonly options: SettingsOptions
  readonly zones: readonly string[]
  readonly ntpAddresses: ReadonlySet<string>
  readonly store: InventoryStore
}

/** Every group over all zones and once for each zone; empty ones too, since playbooks name them. */
function addGroups(nodes: readonly SettingsNode[], { options, zones, ntpAddresses, store }: Grouping): void {
  const roles = nodes.flatMap((node) => node.roles)
  const named = [...new Set([...Object.keys(NODE_GROUPS), ...roles])]
  const members = (group: string): readonly SettingsNode[] => {
    const rule = Object.hasOwn(NODE_GROUPS, group) ? NODE_GROUPS[group] : undefined
    return nodes.filter((node) => rule === undefined ? node.roles.includes(group) : rule(node, { ntpAddresses }))
  }
  const add = (group: string, hosts: readonly SettingsNode[]): void => {
    store.addNamedGroup(group)
    for (const { name } of hosts) store.addToGroup(name, group, [])
  }
  for (const zone of options.groups === 'plain' ? [] : zones) add(`${zone}-all`, nodes.filter((node) => node.zone === zone))
  for (const group of named) {
    const found = members(group)
    if (options.groups !== 'zone') add(group, found)
    for (const zone of options.groups === 'plain' ? [] : zones) add(`${zone}-${group}`, found.filter((node) => node.zone === zone))
  }
}

/** The values of every `ntp_*_address` in the platform's variables, wherever they stand; one value may hold several. */
async function ntpAddressesOf(place: SettingsPlace | undefined, context: SourceContext): Promise<readonly string[]> {
  const text = place === undefined ? undefined : await variablesText(place, context)
  if (text === undefined || place === undefined) return []
  const { value, diagnostics } = parseYaml({ path: place.folder === undefined ? place.source ?? '' : shownPath(place.folder), text })
  context.problems.addAll(diagnostics)
  return value === undefined ? [] : addressesIn(valueOf(value))
}

function addressesIn(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn)
  if (!(value instanceof Map)) return []
  return [...value].flatMap(([key, item]) => /^ntp_.*_address$/.test(String(key)) ? String(item).split(/[\s,]+/).filter((word) => word !== '') : addressesIn(item))
}

async function variablesText({ folder, source = '', range }: SettingsPlace, { problems, readRemote }: SourceContext): Promise<string | undefined> {
  try {
    if (folder !== undefined) return readFileSync(folder, 'utf8')
    const [host, path = ''] = splitSource(source)
    return [...await readRemote?.(host, path) ?? []].find(([name]) => path.endsWith(`/${name}`))?.[1]
  } catch (error) {
    problems.error('missing-settings', `Cannot read the platform's variables from ${folder ?? source}: ${error instanceof Error ? error.message : String(error)}`, { range })
    return undefined
  }
}
