import type { Value } from '../value/value.ts'
import type { Group, Host, Inventory, SelectOptions } from './inventory.ts'
import { isLocalName, selectHosts } from './select-hosts.ts'

/** The inventory as sources fill it and as `add_host` and `group_by` change it during a run. */
export class InventoryStore implements Inventory {
  readonly #hosts = new Map<string, StoredHost>()
  readonly #groups = new Map<string, StoredGroup>()
  /** Sorted groups by host; emptied by every change of structure. */
  readonly #groupsOf = new Map<string, readonly Group[]>()
  readonly #hostsOf = new Map<string, readonly string[]>()
  #depths: ReadonlyMap<string, number> | undefined

  constructor() {
    this.addGroup('all')
    this.addGroup('ungrouped')
  }

  get hosts(): ReadonlyMap<string, Host> {
    return this.#hosts
  }

  get groups(): ReadonlyMap<string, Group> {
    return this.#groups
  }

  addGroup(name: string): void {
    if (this.#groups.has(name)) return
    this.#groups.set(name, new StoredGroup(name, () => this.#depthOf(name)))
    this.#changed()
  }

  /** Adds a child group; false when that would make a group its own ancestor. */
  addChild(parent: string, child: string): boolean {
    this.addGroup(parent)
    this.addGroup(child)
    if (parent === child || this.#descendants(child).includes(parent)) return false
    this.#groups.get(parent)?.children.add(child)
    this.#changed()
    return true
  }

  addHost(name: string, groups: readonly string[], variables: ReadonlyMap<string, Value>): boolean {
    const host = this.#hosts.get(name)
    const isNew = host === undefined
    const stored = host ?? new StoredHost(name)
    this.#hosts.set(name, stored)
    const joined = groups.map((group) => this.addToGroup(name, group, []))
    const changed = [...variables].map(([key, value]) => stored.set(key, value))
    if (isNew) this.#changed()
    return isNew || joined.includes(true) || changed.includes(true)
  }

  addToGroup(host: string, group: string, parents: readonly string[]): boolean {
    this.addGroup(group)
    const members = this.#groups.get(group)?.hosts
    const joins = members !== undefined && !members.has(host)
    const before = this.#links()
    members?.add(host)
    for (const parent of parents) this.addChild(parent, group)
    this.#changed()
    return joins || this.#links() > before
  }

  setHostVariable(host: string, name: string, value: Value): void {
    this.#hosts.get(host)?.set(name, value)
  }

  setGroupVariable(group: string, name: string, value: Value): void {
    this.addGroup(group)
    this.#groups.get(group)?.set(name, value)
    this.#groupsOf.clear()
  }

  select(pattern: string, options: SelectOptions = {}): readonly string[] {
    return selectHosts(this, pattern, options)
  }

  /** The control host when no source names it: reached without a connection, in no group but `all`. */
  addImplicitLocalhost(name: string): string {
    const known = [...this.#hosts.values()].find((host) => host.implicit)
    if (known !== undefined) return known.name
    const host = new StoredHost(name, true)
    host.set('ansible_connection', 'local')
    this.#hosts.set(name, host)
    return name
  }

  groupsOf(host: string): readonly Group[] {
    const known = this.#groupsOf.get(host)
    if (known !== undefined) return known
    const direct = [...this.#groups.values()].filter((group) => group.hosts.has(host)).map(({ name }) => name)
    const names = new Set(['all', ...direct.flatMap((name) => this.#ancestors(name))])
    if (direct.length === 0 && !isLocalName(host)) names.add('ungrouped')
    const groups = [...names].flatMap((name) => this.#groups.get(name) ?? []).sort(byDepthPriorityName)
    this.#groupsOf.set(host, groups)
    return groups
  }

  hostsOf(group: string): readonly string[] {
    const known = this.#hostsOf.get(group)
    if (known !== undefined) return known
    const hosts = [...new Set(this.#descendants(group).flatMap((name) => this.#directHosts(name)))]
    this.#hostsOf.set(group, hosts)
    return hosts
  }

  /** Groups without another parent are children of `all`, `ungrouped` first. */
  childrenOf(group: string): readonly string[] {
    const own = this.#groups.get(group)?.children ?? new Set<string>()
    if (group !== 'all') return [...own]
    const nested = new Set([...this.#groups.values()].filter(({ name }) => name !== 'all').flatMap(({ children }) => [...children]))
    const top = [...this.#groups.keys()].filter((name) => name !== 'all' && !nested.has(name))
    return [...new Set(['ungrouped', ...own, ...top])]
  }

  #directHosts(group: string): readonly string[] {
    const members = [...this.#groups.get(group)?.hosts ?? []]
    if (group !== 'ungrouped') return members
    const grouped = new Set([...this.#groups.values()].filter(({ name }) => name !== 'ungrouped' && name !== 'all').flatMap(({ hosts }) => [...hosts]))
    const loose = [...this.#hosts.values()].filter((host) => !host.implicit && !grouped.has(host.name)).map(({ name }) => name)
    return loose
  }

  /** A group and all below it, nearer ones first. */
  #descendants(group: string): readonly string[] {
    const found = new Set([group])
    for (const name of found) for (const child of this.childrenOf(name)) found.add(child)
    return [...found]
  }

  #ancestors(group: string): readonly string[] {
    const found = new Set([group])
    for (const name of found) for (const { name: parent, children } of this.#groups.values()) if (children.has(name)) found.add(parent)
    return [...found]
  }

  #depthOf(group: string): number {
    this.#depths ??= this.#measure()
    return this.#depths.get(group) ?? 1
  }

  #measure(): ReadonlyMap<string, number> {
    const depths = new Map<string, number>()
    const visit = (name: string, depth: number): void => {
      if ((depths.get(name) ?? -1) >= depth) return
      depths.set(name, depth)
      for (const child of this.childrenOf(name)) visit(child, depth + 1)
    }
    visit('all', 0)
    return depths
  }

  #links(): number {
    return [...this.#groups.values()].reduce((sum, { children }) => sum + children.size, 0)
  }

  #changed(): void {
    this.#depths = undefined
    this.#groupsOf.clear()
    this.#hostsOf.clear()
  }
}

class StoredHost implements Host {
  readonly name: string
  readonly implicit: boolean
  readonly variables = new Map<string, Value>()

  constructor(name: string, implicit = false) {
    this.name = name
    this.implicit = implicit
  }

  set(name: string, value: Value): boolean {
    const changed = this.variables.get(name) !== value
    this.variables.set(name, value)
    return changed
  }
}

class StoredGroup implements Group {
  readonly name: string
  readonly variables = new Map<string, Value>()
  readonly children = new Set<string>()
  readonly hosts = new Set<string>()
  readonly #depth: () => number
  #priority = 1

  constructor(name: string, depth: () => number) {
    this.name = name
    this.#depth = depth
  }

  get depth(): number {
    return this.#depth()
  }

  get priority(): number {
    return this.#priority
  }

  set(name: string, value: Value): void {
    const priority = name === 'ansible_group_priority' ? Number(value) : NaN
    if (Number.isInteger(priority)) this.#priority = priority
    else this.variables.set(name, value)
  }
}

function byDepthPriorityName(a: Group, b: Group): number {
  return a.depth - b.depth || a.priority - b.priority || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
}
