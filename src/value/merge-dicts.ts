import type { Value } from './value.ts'

/** What becomes of a variable that two sources set. */
export type Combine = (weaker: Value | undefined, stronger: Value) => Value

/** By `hash_behaviour`: the stronger value, or both where both are dicts. */
export function combination(mergesDicts: boolean): Combine {
  return mergesDicts ? (weaker, stronger) => weaker === undefined ? stronger : mergeValues(weaker, stronger) : (_weaker, stronger) => stronger
}

/** What `hash_behaviour = merge` makes of two values: dicts are merged at every depth, of all else the stronger one stays. */
function mergeValues(weaker: Value, stronger: Value): Value {
  if (!(weaker instanceof Map) || !(stronger instanceof Map)) return stronger
  const merged = new Map(weaker)
  for (const [key, value] of stronger) {
    const below = weaker.get(key)
    merged.set(key, below === undefined ? value : mergeValues(below, value))
  }
  return merged
}
