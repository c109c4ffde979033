import { dictDelete, dictGet, dictSet } from '../../value/equal.ts'
import { reprOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Dict, Value } from '../../value/value.ts'
import { required } from '../arguments.ts'
import { itemsOf } from '../iterate.ts'
import type { Method } from './method.ts'
import { Undefined } from '../../value/undefined.ts'

/** Python's `dict` methods; views are lists here. */
export const DICT_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['get', (dict, args) => orValue(dictGet(asDict(dict), required(args[0], 'key')), args[1] ?? null)],
  ['keys', (dict) => [...asDict(dict).keys()]],
  ['values', (dict) => [...asDict(dict).values()]],
  ['items', (dict) => [...asDict(dict)].map(([key, value]) => new Tuple([key, value]))],
  ['copy', (dict) => new Map(asDict(dict))],
  ['update', (dict, args, named) => update(asDict(dict), args, named)],
  ['setdefault', (dict, args) => setDefault(asDict(dict), required(args[0], 'key'), args[1] ?? null)],
  ['pop', (dict, args) => pop(asDict(dict), args)],
  ['popitem', (dict) => popItem(asDict(dict))],
  ['clear', (dict) => clear(asDict(dict))],
  ['fromkeys', (_dict, args) => new Map(itemsOf(required(args[0], 'iterable')).map((key) => [key, args[1] ?? null]))],
])

function asDict(value: Value): Dict {
  if (value instanceof Map) return value
  throw new ValueTypeError('Cannot use a dict method on another type')
}

/** Takes a dict or pairs, and named values. */
function update(dict: Dict, args: readonly Value[], named: ReadonlyMap<string, Value>): null {
  for (const source of args) for (const [key, value] of pairsOf(source)) dictSet(dict, key, value)
  for (const [key, value] of named) dict.set(key, value)
  return null
}

/** The pairs of a dict, or of a list of pairs. */
export function pairsOf(source: Value): [Value, Value][] {
  if (source instanceof Map) return [...source]
  return itemsOf(source).map((item) => {
    const [key, value, ...rest] = itemsOf(item)
    if (key === undefined || value === undefined || rest.length > 0) throw new ValueTypeError('Cannot make a dict: pairs of key and value are needed')
    return [key, value]
  })
}

function setDefault(dict: Dict, key: Value, fallback: Value): Value {
  const known = dictGet(dict, key)
  if (known === undefined) dictSet(dict, key, fallback)
  return orValue(known, fallback)
}

function pop(dict: Dict, args: readonly Value[]): Value {
  const key = required(args[0], 'key')
  const value = dictGet(dict, key)
  dictDelete(dict, key)
  const result = value === undefined ? args[1] : value
  if (result === undefined || result instanceof Undefined) throw new ValueTypeError(`Cannot pop: the dict has no key ${reprOf(key)}`)
  return result
}

/** Not `??`: None is a value. */
function orValue(value: Value | undefined, fallback: Value): Value {
  return value === undefined ? fallback : value
}

function popItem(dict: Dict): Value {
  const last = [...dict].at(-1)
  if (last === undefined) throw new ValueTypeError('Cannot pop from an empty dict')
  dict.delete(last[0])
  return new Tuple(last)
}

function clear(dict: Dict): null {
  dict.clear()
  return null
}
