import { toJson } from '../value/json.ts'
import type { Json, JsonObject, Value } from '../value/value.ts'
import { TemplateString } from '../value/template-string.ts'
import { VaultString } from '../value/vault-string.ts'
import type { Inventory } from './inventory.ts'

/** Variables of a host as they are to be shown: the caller decides how far they are merged and evaluated. */
export type HostVariables = (host: string) => ReadonlyMap<Value, Value>

/** Groups and hosts as a tree of lines: `@group:` and `|--host`. */
export function inventoryGraph(inventory: Inventory, options: { readonly group?: string, readonly variables?: HostVariables } = {}): string {
  const lines = (group: string, depth: number): string[] => [
    `${indent(depth)}@${group}:`,
    ...inventory.childrenOf(group).flatMap((child) => lines(child, depth + 1)),
    ...membersOf(inventory, group).flatMap((host) => [`${indent(depth + 1)}${host}`, ...variableLines(options.variables?.(host), depth + 2)]),
  ]
  return lines(options.group ?? 'all', 0).join('\n')
}

export interface ListOptions {
  readonly hosts?: readonly string[]
  readonly hostVariables: HostVariables
  /** Undefined: variables of groups are part of their hosts'. */
  readonly groupVariables?: ((group: string) => ReadonlyMap<Value, Value>) | undefined
}

/** All groups with their hosts and children, and `_meta.hostvars`: what `ansible-inventory --list` prints. */
export function inventoryList(inventory: Inventory, { hosts = inventory.hostsOf('all'), hostVariables, groupVariables }: ListOptions): JsonObject {
  const chosen = new Set(hosts)
  const groups = [...inventory.groups.keys()].map((name): [string, Json] => {
    const members = membersOf(inventory, name).filter((host) => chosen.has(host))
    const children = inventory.childrenOf(name)
    const vars = groupVariables ? inventoryHost(groupVariables(name)) : {}
    return [name, { ...(members.length > 0 && { hosts: members }), ...(children.length > 0 && { children }), ...(Object.keys(vars).length > 0 && { vars }) }]
  })
  const shown = groups.filter(([name, content]) => name === 'all' || (typeof content === 'object' && content !== null && Object.keys(content).length > 0))
  const hostvars = hosts.map((host): [string, Json] => [host, inventoryHost(hostVariables(host))]).filter(([, content]) => Object.keys(content as JsonObject).length > 0)
  return { _meta: { hostvars: Object.fromEntries(hostvars) }, ...Object.fromEntries(shown) }
}

/** One host's variables as JSON; vault values stay encrypted, templates are shown as written. */
export function inventoryHost(variables: ReadonlyMap<Value, Value>): JsonObject {
  return Object.fromEntries([...variables].map(([name, value]) => [String(name), toJson(shown(value))]))
}

function shown(value: Value): Value {
  if (value instanceof TemplateString) return value.source
  if (value instanceof VaultString) return new Map([['__ansible_vault', `${value.ciphertext}\n`]])
  if (Array.isArray(value)) return value.map(shown)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, shown(item)]))
  return value
}

/** Hosts of a group itself, its children left out. */
function membersOf(inventory: Inventory, group: string): readonly string[] {
  if (group === 'all') return []
  return group === 'ungrouped' ? inventory.hostsOf(group) : [...inventory.groups.get(group)?.hosts ?? []]
}

function indent(depth: number): string {
  return depth === 0 ? '' : `${'  |'.repeat(depth)}--`
}

function variableLines(variables: ReadonlyMap<Value, Value> | undefined, depth: number): string[] {
  if (variables === undefined) return []
  const named = Object.entries(inventoryHost(variables)).sort(([a], [b]) => (a < b ? -1 : 1))
  return named.map(([name, value]) => `${indent(depth)}{${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}}`)
}
