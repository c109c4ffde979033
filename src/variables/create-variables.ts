import type { Inventory } from '../inventory/inventory.ts'
import type { VariableFolder } from '../inventory/variable-folder.ts'
import type { Play } from '../playbook/ast.ts'
import { emptyPlay } from '../playbook/empty-play.ts'
import type { Templar } from '../template/types.ts'
import { LazyDict } from '../value/lazy-dict.ts'
import { type Combine, combination } from '../value/merge-dicts.ts'
import type { Dict } from '../value/value.ts'
import { type FactCache, NO_FACT_CACHE } from './facts/fact-cache.ts'
import { EvaluationGuard } from './evaluation-guard.ts'
import { FactStore } from './facts/fact-store.ts'
import type { ScopePlace, Variables } from './host-variables.ts'
import { isInventoryLevel, type LevelContext, levelsBy } from './levels.ts'
import { type Lookup, merged, scopeOf } from './look-up.ts'
import { memoize } from './memoize.ts'
import { originsOf } from './origins.ts'
import { PlaceContext, shareContext } from './place-context.ts'
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
  const guard = new EvaluationGuard()
  const hostvars = memoize((play: Play) => hostvarsOf(play))
  const shared = shareContext({ ...sources, stores, hostvars })
  const context = (place: ScopePlace): LevelContext => new PlaceContext(place, shared)

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
      get: (name) => typeof name === 'string' ? guard.evaluated(host, name, { scope, templar: sources.templar }) : undefined,
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
