import type { Inventory } from '../../inventory/inventory.ts'
import { inventoryHost, type HostVariables } from '../../inventory/views.ts'
import type { Json, JsonObject, Value } from '../../value/value.ts'

export interface TreeOptions {
  readonly hosts: readonly string[]
  readonly hostVariables: HostVariables
  /** Undefined: variables of groups are part of their hosts'. */
  readonly groupVariables: ((group: string) => ReadonlyMap<Value, Value>) | undefined
}

/** Groups within groups down to their hosts, each host's variables where it is first named: what an inventory in YAML holds. */
export function inventoryTree(inventory: Inventory, options: TreeOptions): JsonObject {
  const chosen = new Set(options.hosts)
  const told = new Set<string>()
  const hostEntry = (host: string): [string, Json] => {
    const variables = told.has(host) ? {} : inventoryHost(options.hostVariables(host))
    told.add(host)
    return [host, variables]
  }
  const seen = new Set<string>()
  // A group with nothing in it is left out; of one that was told before there is only the name.
  const entries = (name: string): readonly [string, Json][] => {
    if (seen.has(name)) return [[name, {}]]
    seen.add(name)
    const children = childrenOf(inventory, name).flatMap(entries)
    const hosts = hostsOf(inventory, name).filter((host) => chosen.has(host)).toSorted().map(hostEntry)
    const content = filled({ children: Object.fromEntries(children), hosts: Object.fromEntries(hosts), vars: groupVariables(name, options) })
    return Object.keys(content).length === 0 ? [] : [[name, content]]
  }
  return Object.fromEntries(entries('all'))
}

/** Every group by its name, with the names of its children: what an inventory in TOML holds. */
export function inventoryGroups(inventory: Inventory, options: TreeOptions): JsonObject {
  const chosen = new Set(options.hosts)
  const told = new Set<string>()
  const groups = ['all', ...[...inventory.groups.keys()].filter((name) => name !== 'all')].map((name): [string, Json] => {
    const hosts = hostsOf(inventory, name).filter((host) => chosen.has(host)).toSorted().map((host): [string, Json] => {
      const variables = told.has(host) ? {} : inventoryHost(options.hostVariables(host))
      told.add(host)
      return [host, variables]
    })
    const children = childrenOf(inventory, name).filter((child) => child !== 'ungrouped' || hostsOf(inventory, child).length > 0)
    return [name, filled({ children: [...children], hosts: Object.fromEntries(hosts), vars: groupVariables(name, options) })]
  })
  return Object.fromEntries(groups.filter(([, content]) => Object.keys(content as JsonObject).length > 0))
}

function groupVariables(name: string, { groupVariables: variables }: TreeOptions): JsonObject {
  return variables === undefined ? {} : inventoryHost(variables(name))
}

function childrenOf(inventory: Inventory, name: string): readonly string[] {
  return inventory.childrenOf(name).toSorted()
}

function hostsOf(inventory: Inventory, name: string): readonly string[] {
  if (name === 'all') return []
  return name === 'ungrouped' ? inventory.hostsOf(name) : [...inventory.groups.get(name)?.hosts ?? []]
}

/** Without what is empty. */
function filled(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && Object.keys(value as JsonObject).length > 0))
}
