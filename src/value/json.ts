import { Float } from './float.ts'
import { Tuple } from './tuple.ts'
import type { Dict, Json, JsonObject, Value } from './value.ts'

/** Turns plain JSON data into language values: objects become dicts, fractions become `Float`. Strings stay data. */
export function fromJson(json: Json | undefined): Value {
  if (json === undefined || json === null) return null
  if (typeof json === 'number') return numberValue(json)
  if (typeof json !== 'object') return json
  if (Array.isArray(json)) return json.map((item: Json) => fromJson(item))
  const dict: Dict = new Map()
  for (const [key, item] of Object.entries(json)) if (item !== undefined) dict.set(key, fromJson(item))
  return dict
}

/** The reverse of `fromJson` for evaluated values; what JSON cannot say (bytes, undefined, callables) becomes its text or null. */
export function toJson(value: Value): Json {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? Number(value) : value
  if (value instanceof Float) return value.value
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Tuple) return value.items.map(toJson)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [keyText(key), toJson(item)]))
  return null
}

/** Whether data is an object: neither a list nor null. */
export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function numberValue(number: number): Value {
  return Number.isSafeInteger(number) ? number : new Float(number)
}

function keyText(key: Value): string {
  if (key === null) return 'null'
  if (typeof key === 'boolean') return key ? 'true' : 'false'
  if (key instanceof Float) return String(key.value)
  return String(key)
}
