import { Callable } from '../../value/callable.ts'
import { Float } from '../../value/float.ts'
import { OMIT } from '../../value/omit.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { Undefined } from '../../value/undefined.ts'
import { Unknown, UnknownValueError } from '../../value/unknown.ts'
import type { Dict, Value } from '../../value/value.ts'
import { Missing } from '../runtime/missing.ts'

export type WrapFunction = (callable: Callable) => unknown

/** A value as nunjucks gets it: plain data without any prototype of its own to climb. Calls are wrapped. */
export function toPlain(value: Value, wrap: WrapFunction): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Unknown) throw new UnknownValueError(value.cause)
  if (value instanceof Undefined || value === OMIT) return undefined
  return value instanceof Float ? value.value : plainObject(value, wrap)
}

/** Plain data, or what a template hands to a filter, test or function, as a value again. */
export function fromPlain(plain: unknown): Value {
  if (typeof plain === 'object') return fromObject(plain)
  if (typeof plain === 'number') return Number.isSafeInteger(plain) ? plain : new Float(plain)
  return typeof plain === 'string' || typeof plain === 'boolean' || typeof plain === 'bigint' ? plain : new Missing('value', undefined)
}

function plainObject(value: Value & object, wrap: WrapFunction): unknown {
  if (Array.isArray(value)) return value.map((item) => toPlain(item, wrap))
  if (value instanceof Tuple) return value.items.map((item) => toPlain(item, wrap))
  if (value instanceof Map) return plainDict(value, wrap)
  return value instanceof Callable ? wrap(value) : textOf(value)
}

function fromObject(plain: object | null): Value {
  if (plain === null) return null
  if (Array.isArray(plain)) return plain.map(fromPlain)
  if (isSafeString(plain)) return plain.val
  if (plain instanceof Map) return new Map([...plain].map(([key, value]) => [fromPlain(key), fromPlain(value)]))
  const dict: Dict = new Map()
  for (const [key, value] of Object.entries(plain)) if (key !== '__keywords') dict.set(key, fromPlain(value))
  return dict
}

/** What macros return: nunjucks' mark for text that needs no escaping. */
function isSafeString(plain: object): plain is { readonly val: string } {
  return plain instanceof String && 'val' in plain && typeof plain.val === 'string'
}

function plainDict(dict: Dict, wrap: WrapFunction): object {
  const plain = Object.create(null) as Record<string, unknown>
  for (const [key, value] of dict) plain[textOf(key)] = toPlain(value, wrap)
  return plain
}
