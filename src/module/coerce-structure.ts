import { fromJson } from '../value/json.ts'
import { Float } from '../value/float.ts'
import { pythonLiteral } from '../value/python-literal.ts'
import { requireKnown } from '../value/require-known.ts'
import { reprOf, textOf } from '../value/text.ts'
import { Tuple } from '../value/tuple.ts'
import type { Dict, Json, Value } from '../value/value.ts'
import { CoercionError } from './argument-problem.ts'

/** A list as it is; text is split at commas; a number or a truth value is a list of itself, as text. */
export function toList(given: Value): readonly Value[] {
  const value = requireKnown(given)
  if (Array.isArray(value)) return value
  if (value instanceof Tuple) return value.items
  if (typeof value === 'string') return value.split(',')
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Float) return [textOf(value)]
  throw new CoercionError(`must be a list, got ${reprOf(value)}`)
}

/** A dict as it is; JSON text; or `key=value` pairs set apart by commas or blanks. */
export function toDict(given: Value): Dict {
  const value = requireKnown(given)
  if (value instanceof Map) return value
  if (typeof value === 'string') return dictOfText(value)
  throw new CoercionError(`must be a dict, got ${reprOf(value)}`)
}

/** Plain data of a value; every part of it must be known. */
export function toPlain(given: Value): Json {
  const value = requireKnown(given)
  if (Array.isArray(value)) return value.map(toPlain)
  if (value instanceof Tuple) return value.items.map(toPlain)
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [keyText(key), toPlain(item)]))
  if (value instanceof Float) return value.value
  if (typeof value === 'bigint') return Number(value)
  return value !== null && typeof value === 'object' ? textOf(value) : value
}

function keyText(key: Value): string {
  return typeof key === 'boolean' ? String(key) : textOf(key)
}

function dictOfText(text: string): Dict {
  if (text.trimStart().startsWith('{')) return dictOfJson(text)
  if (!text.includes('=')) throw new CoercionError(`must be a dict, got ${reprOf(text)}`)
  const pairs = text.match(/(?:[^\s,"']|"[^"]*"|'[^']*')+/g) ?? []
  return new Map(pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 0) throw new CoercionError(`must be a dict or key=value pairs, got ${reprOf(text)}`)
    return [pair.slice(0, at), pair.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2')]
  }))
}

/** JSON, or what Python would print of a dict. */
function dictOfJson(text: string): Dict {
  const parsed = jsonIn(text) ?? pythonLiteral(text)
  if (parsed instanceof Map) return parsed
  throw new CoercionError(`must be a dict, got text that is no JSON: ${reprOf(text)}`)
}

function jsonIn(text: string): Value | undefined {
  try {
    return fromJson(JSON.parse(text) as Json)
  } catch {
    return undefined
  }
}
