import type { Scope } from '../template/types.ts'
import type { Combine } from '../value/merge-dicts.ts'
import type { Value } from '../value/value.ts'
import type { Level, LevelContext } from './levels.ts'
import type { Layer } from './role-levels.ts'

/** How values are found: the levels, strongest first, and what becomes of dicts that several of them have. */
export interface Lookup {
  readonly levels: readonly Level[]
  /** Undefined: the strongest value is the value. */
  readonly combine: Combine | undefined
}

/** What a place sees, each variable looked for when it is asked for. */
export function scopeOf(context: LevelContext, lookup: Lookup): Scope {
  return { get: (name) => lookUp(context, name, lookup), names: () => namesOf(context, lookup) }
}

function lookUp(context: LevelContext, name: string, { levels, combine }: Lookup): Value | undefined {
  let found: Value | undefined
  for (const level of levels) {
    for (const layer of level.layers(context)) {
      const value = dictOf(layer)?.get(name)
      if (value === undefined) continue
      if (combine === undefined || (level.isFinal && found === undefined)) return value
      found = found === undefined ? value : combine(value, found)
      if (!(found instanceof Map)) return found
    }
  }
  return found
}

/** All variables of some levels as one map. */
export function merged(context: LevelContext, { levels, combine }: Lookup): ReadonlyMap<string, Value> {
  const variables = new Map<string, Value>()
  const dicts = levels.flatMap((level) => [...level.layers(context)]).map(dictOf)
  for (const dict of dicts.reverse()) {
    for (const [name, value] of dict ?? []) {
      const weaker = variables.get(String(name))
      variables.set(String(name), combine === undefined ? value : combine(weaker, value))
    }
  }
  return variables
}

function namesOf(context: LevelContext, { levels }: Lookup): Set<string> {
  const dicts = levels.flatMap((level) => [...level.layers(context)]).map(dictOf)
  const names = dicts.flatMap((dict) => [...dict?.keys() ?? []])
  return new Set(names.filter((name) => typeof name === 'string'))
}

/** The variables of a layer, whether it has a name or not. */
export function dictOf(layer: Layer | ReadonlyMap<Value, Value> | undefined): ReadonlyMap<Value, Value> | undefined {
  return layer !== undefined && 'dict' in layer ? layer.dict : layer
}
