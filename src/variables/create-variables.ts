import type { Group, Inventory } from '../inventory/inventory.ts'
import type { VariableFolder } from '../inventory/variable-folder.ts'
import type { Play } from '../playbook/ast.ts'
import { emptyPlay } from '../playbook/empty-play.ts'
import type { Scope, Templar } from '../template/types.ts'
import { LazyDict } from '../value/lazy-dict.ts'
import { OMIT } from '../value/omit.ts'
import type { Dict, Value } from '../value/value.ts'
import type { Origin, ScopePlace, Variables } from './host-variables.ts'
import { INVENTORY_LEVELS, LEVELS, type Level, type LevelContext } from './levels.ts'
import { visibleRoles } from './role-levels.ts'
import { createStores, mergeFacts, mergeInto, type Stores } from './stores.ts'

export interface VariableSources {
  readonly inventory: Inventory
  readonly templar: Templar
  /** `group_vars/` and `host_vars/` beside the inventory sources, strongest first. */
  readonly inventoryFolders: readonly VariableFolder[]
  /** The same beside a play's playbook. */
  readonly playbookFolder: (play: Play) => VariableFolder
  readonly extra: Dict
}

/** The variables of one run. */
export function createVariables(sources: VariableSources): Variables {
  const stores = createStores(sources.extra)
  const hostvars = memoize((play: Play) => hostvarsOf(play))
  // The inventory hands out the same list of groups for a host until something about them changes.
  const groupFacts = memoize((groups: readonly Group[]) => factsOf(groups, sources))

  function context(place: ScopePlace): LevelContext {
    return lazyContext({ ...sources, place, stores, groupFacts, hostvars: () => hostvars(place.play) })
  }

  function hostvarsOf(play: Play): Dict {
    return new LazyDict({
      keys: () => sources.inventory.hosts.keys(),
      get: (host) => typeof host === 'string' && sources.inventory.hosts.has(host) ? variablesOf(host, play) : undefined,
    })
  }

  function variablesOf(host: string, play: Play): Dict {
    const scope = scopeOf(context({ host, play }))
    return new LazyDict({
      keys: () => scope.names(),
      get: (name) => evaluated(sources.templar, scope, name),
    })
  }

  return {
    scope: (place) => scopeOf(context(place)),
    origins: (place, name) => originsOf(context(place), name),
    inventoryVariables: (host, folder) => merged(INVENTORY_LEVELS, context({ host, play: emptyPlay(folder) })),
    hostvars,
    ...writers(stores),
  }
}

function writers(stores: Stores): Omit<Variables, 'scope' | 'origins' | 'hostvars' | 'inventoryVariables'> {
  return {
    setFacts: (host, facts) => { mergeFacts(stores, host, facts) },
    setVariables: (host, variables) => { mergeInto(stores.assigned, host, variables) },
    register: (host, name, value) => { mergeInto(stores.assigned, host, new Map([[name, value]])) },
    includeVariables: (host, variables) => { mergeInto(stores.included, host, variables) },
    setVarsFiles: (host, variables) => { stores.varsFiles.set(host, variables) },
    setPrompted: (variables) => { stores.prompted = variables },
    clearFacts: (host) => {
      stores.facts.delete(host)
      stores.injectedFacts.delete(host)
    },
  }
}

interface ContextParts extends VariableSources {
  readonly place: ScopePlace
  readonly stores: Stores
  readonly hostvars: () => Dict
  readonly groupFacts: (groups: readonly Group[]) => GroupFacts
}

/** What follows from the groups of a host. */
interface GroupFacts {
  readonly strongestFirst: readonly Group[]
  readonly names: readonly string[]
  /** Variables of the groups but `all` in the folders of the inventory, and in one beside a playbook, strongest first. */
  readonly inventoryDicts: readonly Dict[]
  readonly playbookDicts: (folder: VariableFolder) => readonly Dict[]
}

function factsOf(groups: readonly Group[], { inventoryFolders }: VariableSources): GroupFacts {
  const strongestFirst = [...groups].reverse()
  return {
    strongestFirst,
    names: strongestFirst.map(({ name }) => name).filter((name) => name !== 'all').sort(),
    inventoryDicts: groupDicts(strongestFirst, inventoryFolders),
    playbookDicts: memoize((folder: VariableFolder) => groupDicts(strongestFirst, [folder])),
  }
}

/** Of every group but `all`, which is a level of its own. */
function groupDicts(groups: readonly Group[], folders: readonly VariableFolder[]): readonly Dict[] {
  return groups.filter(({ name }) => name !== 'all').flatMap(({ name }) => folders.flatMap((folder) => folder.groups.get(name) ?? []))
}

/** Groups and magic are worked out only when a lookup gets that far. */
function lazyContext(parts: ContextParts): LevelContext {
  const { place, inventory } = parts
  const groups = once(() => parts.groupFacts(inventory.groupsOf(place.host)))
  const roles = once(() => visibleRoles(place))
  const magic = once(() => hostMagic(parts, groups().names))
  return {
    place,
    stores: parts.stores,
    inventory,
    inventoryFolders: parts.inventoryFolders,
    get playbookFolder() { return parts.playbookFolder(place.play) },
    get roles() { return roles() },
    get groups() { return groups().strongestFirst },
    get inventoryGroupDicts() { return groups().inventoryDicts },
    get playbookGroupDicts() { return groups().playbookDicts(parts.playbookFolder(place.play)) },
    get hostMagic() { return magic() },
  }
}

function hostMagic(parts: ContextParts, groupNames: readonly string[]): ReadonlyMap<string, Value> {
  const { host } = parts.place
  return new Map<string, Value>([
    ['inventory_hostname', host],
    ['inventory_hostname_short', host.split('.')[0] ?? host],
    ['group_names', [...groupNames]],
    ['groups', groupsOf(parts.inventory)],
    ['hostvars', parts.hostvars()],
    ['omit', OMIT],
  ])
}

function groupsOf(inventory: Inventory): Dict {
  return new LazyDict({
    keys: () => inventory.groups.keys(),
    get: (name) => typeof name === 'string' && inventory.groups.has(name) ? [...inventory.hostsOf(name)] : undefined,
  })
}

function scopeOf(context: LevelContext): Scope {
  return { get: (name) => find(context, name), names: () => namesOf(context) }
}

function find(context: LevelContext, name: string): Value | undefined {
  for (const level of LEVELS) {
    for (const dict of level.dicts(context)) {
      const value = dict?.get(name)
      if (value !== undefined) return value
    }
  }
  return undefined
}

/** All variables of some levels as one map. */
function merged(levels: readonly Level[], context: LevelContext): ReadonlyMap<string, Value> {
  const variables = new Map<string, Value>()
  const dicts = levels.flatMap((level) => [...level.dicts(context)])
  for (const dict of dicts.reverse()) for (const [name, value] of dict ?? []) variables.set(String(name), value)
  return variables
}

function namesOf(context: LevelContext): Set<string> {
  const dicts = LEVELS.flatMap((level) => [...level.dicts(context)])
  const names = dicts.flatMap((dict) => [...dict?.keys() ?? []])
  return new Set(names.filter((name) => typeof name === 'string'))
}

function originsOf(context: LevelContext, name: string): Origin[] {
  return LEVELS.flatMap((level) => [...level.dicts(context)].flatMap((dict) => {
    const value = dict?.get(name)
    return value === undefined ? [] : [{ level: level.name, value }]
  }))
}

function evaluated(templar: Templar, scope: Scope, name: Value): Value | undefined {
  const raw = typeof name === 'string' ? scope.get(name) : undefined
  return raw === undefined ? undefined : templar.evaluate(raw, scope)
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function memoize<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new WeakMap<Key, { readonly value: T }>()
  return (key) => {
    const entry = made.get(key) ?? { value: make(key) }
    made.set(key, entry)
    return entry.value
  }
}
