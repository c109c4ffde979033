import type { Dict, Value } from '../value/value.ts'

/** What a run learns while it runs, by host. Only `createVariables` writes here. */
export interface Stores {
  readonly extra: Dict
  /** set_fact and register: the same level, the later one wins. */
  readonly assigned: Map<string, Dict>
  readonly included: Map<string, Dict>
  readonly varsFiles: Map<string, Dict>
  prompted: Dict
  /** `{ansible_facts: …}` by host. */
  readonly facts: Map<string, Dict>
  /** The same facts as variables of their own: `ansible_distribution`. */
  readonly injectedFacts: Map<string, Dict>
}

export function createStores(extra: Dict): Stores {
  return { extra, assigned: new Map(), included: new Map(), varsFiles: new Map(), prompted: new Map(), facts: new Map(), injectedFacts: new Map() }
}

/** Adds entries to the dict of a host, which is made when there is none. */
export function mergeInto(store: Map<string, Dict>, host: string, entries: Dict): void {
  const dict = store.get(host) ?? new Map<Value, Value>()
  for (const [key, value] of entries) dict.set(key, value)
  store.set(host, dict)
}

/** Facts twice: as they are named, and below `ansible_facts` without their `ansible_` prefix (`ansible_local` keeps it). */
export function mergeFacts(stores: Stores, host: string, facts: Dict): void {
  mergeInto(stores.injectedFacts, host, facts)
  const known = stores.facts.get(host)?.get('ansible_facts')
  const merged: Dict = known instanceof Map ? known : new Map()
  for (const [key, value] of facts) merged.set(factName(key), value)
  stores.facts.set(host, new Map([['ansible_facts', merged]]))
}

function factName(key: Value): Value {
  return typeof key === 'string' && key.startsWith('ansible_') && key !== 'ansible_local' ? key.slice('ansible_'.length) : key
}
