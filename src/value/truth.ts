import { Float } from './float.ts'
import { requireKnown } from './require-known.ts'
import { Tuple } from './tuple.ts'
import type { Value } from './value.ts'

/** Python's truth: empty text, empty containers, zero, None and False are false. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (value === null) return false
  if (typeof value === 'object') return isTrueObject(value)
  return typeof value === 'string' ? value.length > 0 : value !== 0 && value !== 0n
}

function isTrueObject(value: Value & object): boolean {
  requireKnown(value)
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0
  if (value instanceof Map) return value.size > 0
  if (value instanceof Float) return value.value !== 0
  if (value instanceof Tuple) return value.items.length > 0
  return true
}
