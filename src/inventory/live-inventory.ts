import type { Value } from '../value/value.ts'
import type { Group, Host, Inventory, SelectOptions } from './inventory.ts'
import type { InventoryStore } from './inventory-store.ts'

/** The inventory of a run: sources may be read again (`meta: refresh_inventory`), and what the run added since stays. */
export class LiveInventory implements Inventory {
  #store: InventoryStore
  readonly #hostsAdded: ((store: InventoryStore) => void)[] = []
  readonly #groupsAdded: ((store: InventoryStore) => void)[] = []

  constructor(store: InventoryStore) {
    this.#store = store
  }

  /** Puts what the sources say now in place of what they said before. */
  replace(store: InventoryStore): void {
    for (const add of [...this.#hostsAdded, ...this.#groupsAdded]) add(store)
    this.#store = store
  }

  get hosts(): ReadonlyMap<string, Host> {
    return this.#store.hosts
  }

  get groups(): ReadonlyMap<string, Group> {
    return this.#store.groups
  }

  select(pattern: string | readonly string[], options?: SelectOptions): readonly string[] {
    return this.#store.select(pattern, options)
  }

  groupsOf(host: string): readonly Group[] {
    return this.#store.groupsOf(host)
  }

  hostsOf(group: string): readonly string[] {
    return this.#store.hostsOf(group)
  }

  childrenOf(group: string): readonly string[] {
    return this.#store.childrenOf(group)
  }

  addHost(name: string, groups: readonly string[], variables: ReadonlyMap<string, Value>): boolean {
    this.#hostsAdded.push((store) => { store.addHost(name, groups, variables) })
    return this.#store.addHost(name, groups, variables)
  }

  addToGroup(host: string, group: string, parents: readonly string[]): boolean {
    this.#groupsAdded.push((store) => { if (store.hosts.has(host)) store.addToGroup(host, group, parents) })
    return this.#store.addToGroup(host, group, parents)
  }
}
