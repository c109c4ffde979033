import { isDeepStrictEqual } from 'node:util'
import { type Combine, combination } from '../value/merge-dicts.ts'
import { PlacedMap, placeOf } from '../value/placed-map.ts'
import type { Value } from '../value/value.ts'
import { controlPython } from './control-python.ts'
import { GroupNames } from './group-names.ts'
import type { Group, Host, Inventory, SelectOptions } from './inventory.ts'
import { DEFAULT_INVENTORY_SETTINGS, type InventorySettings } from './inventory-settings.ts'
import { isLocalName, selectHosts } from './select-hosts.ts'

/** Of hosts that a run adds. */
export const NO_SOURCE = { source: undefined, sourceFolder: null } as const

/** The inventory as sources fill it and as `add_host` and `group_by` change it during a run. */
export class InventoryStore implements Inventory {
  /** The source that is read now: new hosts come from it. */
  source: Pick<Host, 'source' | 'sourceFolder'> = NO_SOURCE
  readonly groupNames: GroupNames
  readonly #settings: InventorySettings
  readonly #combine: Combine
  readonly #hosts = new Map<string, StoredHost>()
  readonly #groups = new Map<string, StoredGroup>()
  /** Sorted groups by host; emptied by every change of structure. */
  readonly #groupsOf = new Map<string, readonly Group[]>()
  readonly #hostsOf = new Map<string, readonly string[]>()
  #depths: ReadonlyMap<string, number> | undefined

  constructor(settings: InventorySettings = DEFAULT_INVENTORY_SETTINGS) {
    this.#settings = settings
    this.#combine = combination(settings.mergesDicts)
    this.groupNames = new GroupNames(settings.groupNames)
    this.addGroup('all')
    this.addGroup('ungrouped')
  }

  get hosts(): ReadonlyMap<string, Host> {
    return this.#hosts
  }

  get groups(): ReadonlyMap<string, Group> {
    return this.#groups
  }

  /** Adds a group unless it is there; returns the name it has, which may differ in characters that no name of a variable may have. */
  addGroup(wanted: string): string {
    return this.#groups.has(wanted) ? wanted : this.addNamedGroup(this.groupNames.safe(wanted))
  }

  /** Adds a group whose name is right as it is. */
  addNamedGroup(name: string): string {
    if (this.#groups.has(name)) return name
    this.#groups.set(name, new StoredGroup(name, () => this.#depthOf(name)))
    this.#changed()
    return name
  }

  /** Adds a child group; false when that would make a group its own ancestor. */
  addChild(wantedParent: string, wantedChild: string): boolean {
    const parent = this.addGroup(wantedParent)
    const child = this.addGroup(wantedChild)
    if (parent === child || this.#descendants(child).includes(parent)) return false
    this.#groups.get(parent)?.children.add(child)
    this.#changed()
    return true
  }

  addHost(name: string, groups: readonly string[], variables: ReadonlyMap<string, Value>): boolean {
    const host = this.#hosts.get(name)
    const isNew = host === undefined
    const stored = host ?? new StoredHost(name, this.source)
    this.#hosts.set(name, stored)
    const joined = groups.map((group) => this.addToGroup(name, group, []))
    const changed = stored.assign(variables, this.#combine)
    if (isNew) this.#changed()
    return isNew || joined.includes(true) || changed
  }

  addToGroup(host: string, wanted: string, parents: readonly string[]): boolean {
    const group = this.addGroup(wanted)
    const members = this.#groups.get(group)?.hosts
    const joins = members !== undefined && !members.has(host)
    const before = this.#links()
    members?.add(host)
    for (const parent of parents) this.addChild(parent, group)
    this.#changed()
    return joins || this.#links() > before
  }

  setHostVariables(host: string, variables: ReadonlyMap<string, Value>): void {
    this.#hosts.get(host)?.assign(variables, this.#combine)
  }

  setGroupVariables(group: string, variables: ReadonlyMap<string, Value>): void {
    this.#groups.get(this.addGroup(group))?.assign(variables, this.#combine)
    this.#groupsOf.clear()
  }

  select(pattern: string | readonly string[], options: SelectOptions = {}): readonly string[] {
    return selectHosts(this, pattern, { mismatch: this.#settings.patternMismatch, ...options })
  }

  /** The control host when no source names it: reached without a connection, in no group but `all`. */
  addImplicitLocalhost(name: string): string {
    const known = [...this.#hosts.values()].find((host) => host.implicit || isLocalName(host.name))
    if (known !== undefined) return known.name
    const host = new StoredHost(name, NO_SOURCE, true)
    host.assign(new Map<string, Value>([['ansible_connection', 'local'], ['ansible_python_interpreter', controlPython()]]), this.#combine)
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
  readonly source: string | undefined
  readonly sourceFolder: string | null
  readonly implicit: boolean
  readonly variables = new PlacedMap<string>()

  constructor(name: string, { source, sourceFolder }: InventoryStore['source'], implicit = false) {
    this.name = name
    this.source = source
    this.sourceFolder = sourceFolder
    this.implicit = implicit
  }

  /** Whether anything differs from what was there. */
  assign(variables: ReadonlyMap<string, Value>, combine: Combine): boolean {
    return assign(this.variables, variables, combine)
  }
}

class StoredGroup implements Group {
  readonly name: string
  readonly variables = new PlacedMap<string>()
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

  assign(variables: ReadonlyMap<string, Value>, combine: Combine): void {
    const priority = Number(variables.get('ansible_group_priority') ?? NaN)
    if (Number.isInteger(priority)) this.#priority = priority
    assign(this.variables, variables, combine)
    if (Number.isInteger(priority)) this.variables.delete('ansible_group_priority')
  }
}

function assign(known: PlacedMap<string>, variables: ReadonlyMap<string, Value>, combine: Combine): boolean {
  let changed = false
  for (const [name, given] of variables) {
    const before = known.get(name)
    const value = combine(before, given)
    changed ||= !isDeepStrictEqual(before, value)
    known.place(name, value, placeOf(variables, name))
  }
  return changed
}

function byDepthPriorityName(a: Group, b: Group): number {
  return a.depth - b.depth || a.priority - b.priority || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
}
