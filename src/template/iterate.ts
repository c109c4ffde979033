import { LazyDict } from '../value/lazy-dict.ts'
import { requireKnown } from '../value/require-known.ts'
import { Tuple } from '../value/tuple.ts'
import { typeName } from '../value/type-name.ts'
import { ValueTypeError } from '../value/use-error.ts'
import type { Value } from '../value/value.ts'

/** What a `for` loop over the value visits: items of a list, keys of a dict, characters of text. */
export function itemsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  if (value instanceof Tuple) return value.items
  if (value instanceof LazyDict || value instanceof Map) return [...value.keys()]
  if (typeof value === 'string') return [...value]
  if (value instanceof Uint8Array) return [...value]
  requireKnown(value)
  throw new ValueTypeError(`Cannot iterate over a value of type '${typeName(value)}': '${typeName(value)}' object is not iterable`)
}

/** The items of a list or tuple, or undefined for all else. */
export function listOf(value: Value | undefined): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  return value instanceof Tuple ? value.items : undefined
}

/** Whether a `for` loop can go over the value. */
export function isIterable(value: Value): boolean {
  return Array.isArray(value) || typeof value === 'string' || value instanceof Tuple || value instanceof Map || value instanceof Uint8Array
}
