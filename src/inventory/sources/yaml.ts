import { didYouMean } from '../../diagnostics/nearest.ts'
import { PlacedMap } from '../../value/placed-map.ts'
import { keyText } from '../../yaml/key-text.ts'
import type { YamlEntry, YamlMapping, YamlNode, YamlScalar } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value-of.ts'
import { type HostNames, parseHostPattern } from '../host-address.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import type { SourceContext } from '../source-context.ts'
import { maybeYaml, pluginOf, yamlDocument } from './yaml-document.ts'

/** Plugin `yaml`: YAML or JSON, groups with `hosts`, `children` and `vars`, at any depth. */
export const yaml: InventoryPlugin = {
  accepts: (source, { yamlExtensions }) => maybeYaml(source, yamlExtensions),
  read(source, context) {
    const node = yamlDocument(source, context)
    if (node === undefined || pluginOf(node) !== undefined || isEmpty(node)) return undefined
    if (node.kind === 'mapping') for (const entry of node.entries) readGroup(entry, context)
    else context.problems.error('bad-type', 'Cannot read the inventory: it must be a mapping of groups', { range: node.range })
    return []
  },
}

const GROUP_KEYS = ['hosts', 'children', 'vars']

function readGroup({ key, value }: YamlEntry, context: SourceContext): string | undefined {
  const wanted = keyText(key)
  if (wanted === '') {
    context.problems.error('bad-type', 'Cannot read the group: it has no name', { range: key.range })
    return undefined
  }
  if (!isEmpty(value) && value.kind !== 'mapping') {
    context.problems.warning('bad-type', `Skipping '${wanted}' as this is not a valid group definition: it must be a mapping of hosts, children and vars`, { range: value.range })
    return undefined
  }
  const group = context.store.addGroup(wanted)
  if (value.kind === 'mapping') for (const entry of value.entries) readPart(group, entry, context)
  return group
}

function readPart(group: string, { key, value }: YamlEntry, context: SourceContext): void {
  const name = keyText(key)
  if (!GROUP_KEYS.includes(name)) {
    context.problems.warning('unknown-inventory-key', `Skipped '${name}' of group '${group}': a group has hosts, children and vars`, { range: key.range, hint: didYouMean(name, GROUP_KEYS) })
    return
  }
  if (isEmpty(value)) return
  const mapping = asMapping(value)
  if (mapping === undefined) {
    context.problems.error('bad-type', `Cannot read '${name}' of group '${group}': it must be a mapping`, { range: value.range })
    return
  }
  if (name === 'vars') context.store.setGroupVariables(group, variablesOf(mapping))
  for (const entry of mapping.entries) PARTS[name]?.(group, entry, context)
}

const PARTS: Readonly<Record<string, (group: string, entry: YamlEntry, context: SourceContext) => void>> = { hosts: readHost, children: readChild }

function readChild(group: string, entry: YamlEntry, context: SourceContext): void {
  const child = readGroup(entry, context)
  if (child !== undefined && !context.store.addChild(group, child)) {
    context.problems.error('group-loop', `Cannot make '${child}' a child of '${group}': it contains it`, { range: entry.key.range })
  }
}

function readHost(group: string, { key, value }: YamlEntry, { store, problems }: SourceContext): void {
  const hosts = hostsOf(key)
  if (typeof hosts === 'string') {
    problems.error('inventory-entry', hosts, { range: key.range })
    return
  }
  if (!isEmpty(value) && value.kind !== 'mapping') {
    problems.error('bad-type', `Cannot read the variables of host '${keyText(key)}': they must be a mapping`, { range: value.range })
  }
  const variables = value.kind === 'mapping' ? variablesOf(value) : new PlacedMap<string>()
  if (hosts.port !== undefined && !variables.has('ansible_port')) variables.place('ansible_port', hosts.port, key.range)
  for (const name of hosts.names) store.addHost(name, group === 'all' || group === 'ungrouped' ? [] : [group], variables)
}

function hostsOf(key: YamlScalar): HostNames | string {
  const text = keyText(key)
  if (typeof key.value !== 'string') return `Host pattern ${text} must be a string. Enclose integers/floats in quotation marks`
  if (text === '') return 'Cannot read the host: it has no name'
  const hosts = parseHostPattern(text)
  return typeof hosts === 'string' ? `Cannot read the host: '${text}' is not a range of names: ${hosts}` : hosts
}

function variablesOf(mapping: YamlMapping): PlacedMap<string> {
  const variables = new PlacedMap<string>()
  for (const { key, value } of mapping.entries) variables.place(keyText(key), valueOf(value), { ...key.range, end: value.range.end })
  return variables
}

/** A single name stands for a mapping with that one key. */
function asMapping(node: YamlNode): YamlMapping | undefined {
  if (node.kind === 'mapping') return node
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined
  return { kind: 'mapping', range: node.range, entries: [{ key: node, value: { kind: 'scalar', range: node.range, value: null } }] }
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && (node.value === null || node.value === '')
}
