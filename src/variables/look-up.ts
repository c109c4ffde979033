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
export function scopeOf(context: LevelContext, { levels, combine }: Lookup): Scope {
  const layers = new SeenLayers(context)
  return {
    get: (name) => combine === undefined ? strongest(name, levels, layers) : combined(name, { levels, combine }, layers),
    names: () => namesOf(context, levels),
  }
}

type Dicts = readonly (ReadonlyMap<Value, Value> | undefined)[]

/** The dicts of each level as one place sees them. Those of settled levels are kept: a task asks for dozens of names. */
class SeenLayers {
  readonly #context: LevelContext
  readonly #settled = new Map<Level, Dicts>()

  constructor(context: LevelContext) {
    this.#context = context
  }

  of(level: Level): Dicts {
    return level.isSettled ? this.#settled.get(level) ?? this.#settle(level) : dictsOf(level, this.#context)
  }

  #settle(level: Level): Dicts {
    const dicts = dictsOf(level, this.#context).filter((dict) => dict !== undefined)
    this.#settled.set(level, dicts)
    return dicts
  }
}

function strongest(name: string, levels: readonly Level[], layers: SeenLayers): Value | undefined {
  for (const level of levels) {
    for (const dict of layers.of(level)) {
      const value = dict?.get(name)
      if (value !== undefined) return value
    }
  }
  return undefined
}

/** The strongest value; if that is a dict, with those of weaker dicts of this name put under it. */
function combined(name: string, { levels, combine }: { readonly levels: readonly Level[], readonly combine: Combine }, layers: SeenLayers): Value | undefined {
  let found: Value | undefined
  for (const level of levels) {
    for (const dict of layers.of(level)) {
      const value = dict?.get(name)
      if (value === undefined) continue
      if (level.isFinal && found === undefined) return value
      found = found === undefined ? value : combine(value, found)
      if (!(found instanceof Map)) return found
    }
  }
  return found
}

/** All variables of some levels as one map. */
export function merged(context: LevelContext, { levels, combine }: Lookup): ReadonlyMap<string, Value> {
  const variables = new Map<string, Value>()
  const dicts = levels.flatMap((level) => dictsOf(level, context))
  for (const dict of dicts.reverse()) {
    for (const [name, value] of dict ?? []) {
      const weaker = variables.get(String(name))
      variables.set(String(name), combine === undefined ? value : combine(weaker, value))
    }
  }
  return variables
}

function namesOf(context: LevelContext, levels: readonly Level[]): Set<string> {
  const dicts = levels.flatMap((level) => dictsOf(level, context))
  const names = dicts.flatMap((dict) => [...dict?.keys() ?? []])
  return new Set(names.filter((name) => typeof name === 'string'))
}

function dictsOf(level: Level, context: LevelContext): Dicts {
  return level.layers(context).map(dictOf)
}

/** The variables of a layer, whether it has a name or not. */
export function dictOf(layer: Layer | ReadonlyMap<Value, Value> | undefined): ReadonlyMap<Value, Value> | undefined {
  return layer !== undefined && 'dict' in layer ? layer.dict : layer
}
