import { Float } from '../value/float.ts'
import { floatText } from '../value/float-text.ts'
import { requireKnown } from '../value/require-known.ts'
import { textOf } from '../value/text.ts'
import { Tuple } from '../value/tuple.ts'
import type { Value } from '../value/value.ts'

/** A value as JSON text in which `8.0` stays a float and large integers keep their digits, as Python writes it. Every part of it must be known. */
export function jsonText(given: Value): string {
  const value = requireKnown(given)
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (value instanceof Tuple) return jsonText([...value.items])
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${JSON.stringify(textOf(key))}: ${jsonText(item)}`).join(', ')}}`
  if (value instanceof Float) return Number.isFinite(value.value) ? floatText(value.value) : 'null'
  if (typeof value === 'bigint') return String(value)
  return JSON.stringify(value !== null && typeof value === 'object' ? textOf(value) : value)
}
