import type { Group, Inventory } from '../inventory/inventory.ts'
import type { VariableFolder } from '../inventory/variable-folder.ts'
import type { Play } from '../playbook/ast.ts'
import { emptyPlay } from '../playbook/empty-play.ts'
import type { Scope, Templar } from '../template/types.ts'
import { LazyDict } from '../value/lazy-dict.ts'
import { type Combine, combination } from '../value/merge-dicts.ts'
import type { Dict, Value } from '../value/value.ts'
import { type FactCache, NO_FACT_CACHE } from './facts/fact-cache.ts'
import { FactStore } from './facts/fact-store.ts'
import { hostMagic } from './host-magic.ts'
import type { ScopePlace, Variables } from './host-variables.ts'
import { isInventoryLevel, type LevelContext, levelsBy } from './levels.ts'
import { type Lookup, merged, scopeOf } from './look-up.ts'
import { originsOf } from './origins.ts'
import { type Layer, roleDefaults, roleVars } from './role-levels.ts'
import { DEFAULT_VARIABLE_SETTINGS, type VariableSettings } from './settings.ts'
import { createStores, mergeInto, type Stores } from './stores.ts'

export interface VariableSources {
  readonly inventory: Inventory
  readonly templar: Templar
  /** `group_vars/` and `host_vars/` beside the inventory sources, strongest first. */
  readonly inventoryFolders: readonly VariableFolder[]
  /** The same beside a play's playbooks. The same list each time for a play. */
  readonly playbookFolders: (play: Play) => readonly VariableFolder[]
  readonly extra: Dict
  readonly settings?: VariableSettings
  readonly factCache?: FactCache
}

/** The variables of one run. */
export function createVariables(sources: VariableSources): Variables {
  const settings = sources.settings ?? DEFAULT_VARIABLE_SETTINGS
  const combine = combination(settings.mergesDicts)
  const lookup: Lookup = { levels: levelsBy(settings), combine: settings.mergesDicts ? combine : undefined }
  const stores = createStores(sources.extra, new FactStore(sources.factCache ?? NO_FACT_CACHE, settings.injectsFacts))
  const hostvars = memoize((play: Play) => hostvarsOf(play))
  // The inventory hands out the same list of groups for a host until something about them changes.
  const groupFacts = memoize((groups: readonly Group[]) => factsOf(groups, sources))

  function context(place: ScopePlace): LevelContext {
    return lazyContext({ ...sources, settings, place, stores, groupFacts, hostvars: () => hostvars(place.play) })
  }

  function hostvarsOf(play: Play): Dict {
    return new LazyDict({
      keys: () => sources.inventory.hosts.keys(),
      get: (host) => typeof host === 'string' && sources.inventory.hosts.has(host) ? variablesOf(host, play) : undefined,
    })
  }

  function variablesOf(host: string, play: Play): Dict {
    const scope = scopeOf(context({ host, play }), lookup)
    return new LazyDict({
      keys: () => scope.names(),
      get: (name) => evaluated(sources.templar, scope, name),
    })
  }

  return {
    scope: (place) => scopeOf(context(place), lookup),
    origins: (place, name) => originsOf(context(place), name, lookup),
    inventoryVariables: (host, folder) => merged(context({ host, play: emptyPlay(folder) }), { ...lookup, levels: lookup.levels.filter(isInventoryLevel) }),
    hostvars,
    facts: (host) => stores.facts.raw(host),
    ...writers(stores, combine),
  }
}

function writers(stores: Stores, combine: Combine): Omit<Variables, 'scope' | 'origins' | 'hostvars' | 'inventoryVariables' | 'facts'> {
  const replace = combination(false)
  return {
    setFacts: (host, facts) => { stores.facts.add(host, facts) },
    setVariables: (host, entries) => { mergeInto(stores.assigned, host, { entries, combine: replace }) },
    register: (host, name, value) => { mergeInto(stores.assigned, host, { entries: new Map([[name, value]]), combine: replace }) },
    includeVariables: (host, entries) => { mergeInto(stores.included, host, { entries, combine }) },
    setVarsFiles: (host, variables) => { stores.varsFiles.set(host, variables) },
    setPrompted: (variables) => { stores.prompted = variables },
    clearFacts: (host) => { stores.facts.clear(host) },
  }
}

interface ContextParts extends VariableSources {
  readonly settings: VariableSettings
  readonly place: ScopePlace
  readonly stores: Stores
  readonly hostvars: () => Dict
  readonly groupFacts: (groups: readonly Group[]) => GroupFacts
}

/** What follows from the groups of a host. */
interface GroupFacts {
  readonly strongestFirst: readonly Group[]
  readonly names: readonly string[]
  /** Variables of the groups but `all` in the folders of the inventory, and in those beside a playbook, strongest first. */
  readonly inventoryLayers: readonly Layer[]
  readonly playbookLayers: (folders: readonly VariableFolder[]) => readonly Layer[]
}

function factsOf(groups: readonly Group[], { inventoryFolders }: VariableSources): GroupFacts {
  const strongestFirst = [...groups].reverse()
  return {
    strongestFirst,
    names: strongestFirst.map(({ name }) => name).filter((name) => name !== 'all').sort(),
    inventoryLayers: groupLayers(strongestFirst, inventoryFolders),
    playbookLayers: memoize((folders: readonly VariableFolder[]) => groupLayers(strongestFirst, folders)),
  }
}

/** Of every group but `all`, which is a level of its own. A later source wins over an earlier one, whatever the groups. */
function groupLayers(groups: readonly Group[], folders: readonly VariableFolder[]): readonly Layer[] {
  const named = groups.filter(({ name }) => name !== 'all')
  return folders.flatMap((folder) => named.flatMap(({ name }) => {
    const dict = folder.groups.get(name)
    return dict === undefined ? [] : [{ of: name, dict }]
  }))
}

/** Groups, roles and magic are worked out only when a lookup gets that far. */
function lazyContext(parts: ContextParts): LevelContext {
  const { place, inventory, settings: { privateRoleVars } } = parts
  const groups = once(() => parts.groupFacts(inventory.groupsOf(place.host)))
  const defaults = once(() => roleDefaults(place, privateRoleVars))
  const vars = once(() => roleVars(place, privateRoleVars))
  const magic = once(() => hostMagic({ host: place.host, inventory, groupNames: groups().names, hostvars: parts.hostvars }))
  return {
    place,
    stores: parts.stores,
    inventory,
    inventoryFolders: parts.inventoryFolders,
    get playbookFolders() { return parts.playbookFolders(place.play) },
    get roleDefaults() { return defaults() },
    get roleVars() { return vars() },
    get groups() { return groups().strongestFirst },
    get inventoryGroupLayers() { return groups().inventoryLayers },
    get playbookGroupLayers() { return groups().playbookLayers(parts.playbookFolders(place.play)) },
    get hostMagic() { return magic() },
  }
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
