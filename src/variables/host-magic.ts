import { isIP } from 'node:net'
import type { Host, Inventory } from '../inventory/inventory.ts'
import { LazyDict } from '../value/lazy-dict.ts'
import { OMIT } from '../value/omit.ts'
import type { Dict, Value } from '../value/value.ts'

export interface HostMagicParts {
  readonly host: string
  readonly inventory: Inventory
  readonly groupNames: readonly string[]
  readonly hostvars: () => Dict
}

/** Magic variables that hold for a host at any moment. */
export function hostMagic({ host, inventory, groupNames, hostvars }: HostMagicParts): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['inventory_hostname', host],
    ['inventory_hostname_short', isIP(host) === 0 ? host.split('.')[0] ?? host : host],
    ['group_names', [...groupNames]],
    ['groups', groupsOf(inventory)],
    ['hostvars', hostvars()],
    ['omit', OMIT],
    ...sourceOf(inventory.hosts.get(host)),
  ])
}

/** The source that named the host first. */
function sourceOf(host: Host | undefined): [string, Value][] {
  if (host === undefined || host.implicit) return []
  return [['inventory_file', host.source ?? null], ['inventory_dir', host.sourceFolder]]
}

function groupsOf(inventory: Inventory): Dict {
  return new LazyDict({
    keys: () => inventory.groups.keys(),
    get: (name) => typeof name === 'string' && inventory.groups.has(name) ? [...inventory.hostsOf(name)] : undefined,
  })
}
