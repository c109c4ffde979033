import { dictSet } from '../../value/equal.ts'
import { Float } from '../../value/float.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { Undefined } from '../../value/undefined.ts'
import { Unknown, UnknownValueError } from '../../value/unknown.ts'
import { UndefinedUseError } from '../../value/use-error.ts'
import type { Dict, Json, JsonObject, Value } from '../../value/value.ts'
import { Missing } from '../runtime/missing.ts'
import { integer } from '../runtime/arithmetic.ts'

const marked = (kind: string, value: Json): Json => ({ '~': kind, v: value })

/** A value as JSON that keeps what JSON cannot tell apart. Dicts that are evaluated lazily become their place, if they have one. */
export function toPython(value: Value, path?: readonly string[]): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'bigint') return marked('int', String(value))
  if (value instanceof Float) return marked('float', textOf(value))
  if (value instanceof Unknown) throw new UnknownValueError(value.cause)
  if (value instanceof Undefined) throw new UndefinedUseError(value)
  return fromContainer(value, path)
}

function fromContainer(value: Value & object, path: readonly string[] | undefined): Json {
  if (value instanceof LazyDict && path !== undefined) return { '~': 'lazy', path: [...path] }
  if (Array.isArray(value)) return value.map((item) => toPython(item))
  if (value instanceof Tuple) return marked('tuple', value.items.map((item) => toPython(item)))
  if (value instanceof Uint8Array) return marked('bytes', Buffer.from(value).toString('base64'))
  if (!(value instanceof Map)) return textOf(value)
  const pairs = [...value].map(([key, item]): [Value, Json] => [key, toPython(item)])
  if (pairs.some(([key]) => typeof key !== 'string' || key === '~' || key === '__proto__')) return marked('dict', pairs.map(([key, item]) => [toPython(key), item]))
  return Object.fromEntries(pairs)
}

/** The reverse: texts stay data. */
export function fromPython(json: Json): Value {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : new Float(json)
  if (json === null || typeof json !== 'object') return json
  return Array.isArray(json) ? itemsOf(json) : fromObject(json as JsonObject)
}

function fromObject(json: JsonObject): Value {
  const kind = json['~']
  if (typeof kind === 'string' && Object.hasOwn(MARKED, kind)) return MARKED[kind]?.(json['v'] ?? null) ?? null
  return new Map(Object.entries(json).map(([key, item]) => [key, fromPython(item ?? null)]))
}

const MARKED: Readonly<Record<string, (value: Json) => Value>> = {
  int: (text) => integer(BigInt(String(text))),
  float: (text) => new Float(Number(String(text).replace(/^(-?)inf$/, '$1Infinity'))),
  bytes: (text) => new Uint8Array(Buffer.from(String(text), 'base64')),
  tuple: (items) => new Tuple(itemsOf(items)),
  missing: (name) => new Missing(String(name), undefined),
  dict: (pairs) => {
    const dict: Dict = new Map()
    for (const pair of Array.isArray(pairs) ? pairs : []) {
      const [key = null, value = null] = itemsOf(pair as Json)
      dictSet(dict, key, value)
    }
    return dict
  },
}

function itemsOf(json: Json): Value[] {
  return Array.isArray(json) ? json.map((item: Json) => fromPython(item)) : []
}
