import { didYouMean } from '../diagnostics/nearest.ts'
import type { Value } from '../value/value.ts'
import { keyText } from '../yaml/key-text.ts'
import type { YamlEntry, YamlMapping, YamlNode } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import { parseHostPattern } from './host-address.ts'
import type { SourceContext } from './source-context.ts'

/** Reads a YAML or JSON inventory: groups with `hosts`, `children` and `vars`, at any depth. */
export function readYamlSource(node: YamlNode, context: SourceContext): void {
  if (node.kind !== 'mapping') {
    context.problems.error('bad-type', 'Cannot read the inventory: it must be a mapping of groups', { range: node.range })
    return
  }
  for (const entry of node.entries) readGroup(entry, context)
}

const GROUP_KEYS = ['hosts', 'children', 'vars']

function readGroup({ key, value }: YamlEntry, context: SourceContext): string {
  const group = keyText(key)
  context.store.addGroup(group)
  if (isEmpty(value)) return group
  if (value.kind !== 'mapping') {
    context.problems.error('bad-type', `Cannot read the group '${group}': it must be a mapping of hosts, children and vars`, { range: value.range })
    return group
  }
  for (const entry of value.entries) readPart(group, entry, context)
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
  for (const entry of mapping.entries) PARTS[name]?.(group, entry, context)
}

const PARTS: Readonly<Record<string, (group: string, entry: YamlEntry, context: SourceContext) => void>> = {
  hosts: readHost,
  children: readChild,
  vars: (group, { key, value }, { store }) => { store.setGroupVariable(group, keyText(key), valueOf(value)) },
}

function readChild(group: string, entry: YamlEntry, context: SourceContext): void {
  const child = readGroup(entry, context)
  if (!context.store.addChild(group, child)) {
    context.problems.error('group-loop', `Cannot make '${child}' a child of '${group}': it contains it`, { range: entry.key.range })
  }
}

function readHost(group: string, { key, value }: YamlEntry, { store, problems }: SourceContext): void {
  const pattern = keyText(key)
  const hosts = parseHostPattern(pattern)
  if (hosts === undefined) {
    problems.error('inventory-entry', `Cannot read the host: '${pattern}' is not a range of names`, { range: key.range })
    return
  }
  if (!isEmpty(value) && value.kind !== 'mapping') {
    problems.error('bad-type', `Cannot read the variables of host '${pattern}': they must be a mapping`, { range: value.range })
  }
  const variables = new Map<string, Value>(hosts.port === undefined ? [] : [['ansible_port', hosts.port]])
  if (value.kind === 'mapping') for (const entry of value.entries) variables.set(keyText(entry.key), valueOf(entry.value))
  for (const name of hosts.names) store.addHost(name, group === 'all' || group === 'ungrouped' ? [] : [group], variables)
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
