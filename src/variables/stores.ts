import type { Combine } from '../value/merge-dicts.ts'
import { PlacedMap, placeOf } from '../value/placed-map.ts'
import type { Dict } from '../value/value.ts'
import type { FactStore } from './facts/fact-store.ts'

/** What a run learns while it runs, by host. Only `createVariables` writes here. */
export interface Stores {
  readonly extra: Dict
  /** set_fact and register: the same level, the later one wins. */
  readonly assigned: Map<string, Dict>
  readonly included: Map<string, Dict>
  readonly varsFiles: Map<string, Dict>
  prompted: Dict
  readonly facts: FactStore
}

export function createStores(extra: Dict, facts: FactStore): Stores {
  return { extra, facts, assigned: new Map(), included: new Map(), varsFiles: new Map(), prompted: new Map() }
}

/** Adds entries to the dict of a host, which is made when there is none. */
export function mergeInto(store: Map<string, Dict>, host: string, { entries, combine }: { readonly entries: Dict, readonly combine: Combine }): void {
  const dict = store.get(host) ?? new PlacedMap()
  for (const [key, value] of entries) {
    const combined = combine(dict.get(key), value)
    if (dict instanceof PlacedMap) dict.place(key, combined, placeOf(entries, key))
    else dict.set(key, combined)
  }
  store.set(host, dict)
}
