import { isJsonObject } from '../../value/json.ts'
import type { Json, JsonObject } from '../../value/value.ts'

/** A module's state as JSON: bytes as `{"base64": …}`, maps and sets as lists, what is absent left out. */
export function stateJson(state: unknown): JsonObject {
  const json = asJson(state)
  return json === undefined ? {} : { state: json }
}

/** A state for people: one line an entry, the way YAML has it. */
export function stateText(state: unknown): string {
  const json = asJson(state)
  return json === undefined ? '' : `${textOf(json, '')}\n`
}

function asJson(value: unknown): Json | undefined {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'object' && value !== null) return objectJson(value)
  return value === undefined || typeof value === 'function' ? undefined : value as Json
}

function objectJson(value: object): Json {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) return [...value as Iterable<unknown>].map((item) => asJson(item) ?? null)
  const entries = Object.entries(value).map(([name, item]) => [name, asJson(item)] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined))
}

function textOf(json: Json, indent: string): string {
  if (isList(json)) return json.length === 0 ? `${indent}[]` : json.map((item) => `${indent}- ${nested(item, indent)}`).join('\n')
  if (!isJsonObject(json)) return indent + scalarText(json)
  const entries = Object.entries(json)
  return entries.length === 0 ? `${indent}{}` : entries.map(([name, item]) => `${indent}${name}: ${nested(item, indent)}`).join('\n')
}

function nested(json: Json, indent: string): string {
  const isFlat = typeof json !== 'object' || json === null || Object.keys(json).length === 0
  return isFlat ? textOf(json, '') : `\n${textOf(json, `${indent}  `)}`
}

function scalarText(value: null | boolean | number | string): string {
  if (typeof value !== 'string') return String(value)
  return /^[\w./@%+-][^\n:#]*$/.test(value) ? value : JSON.stringify(value)
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
