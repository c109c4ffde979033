import { floatText } from '../../value/float-text.ts'
import { Float } from '../../value/float.ts'
import { compareText } from '../../value/order.ts'
import { requireKnown } from '../../value/require-known.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'

export interface JsonStyle {
  readonly sortKeys: boolean
  readonly ensureAscii: boolean
  readonly indent: string | undefined
  /** Between items, and between a key and its value. */
  readonly separators: readonly [string, string]
}

/** Writes JSON byte for byte as Python's `json.dumps` does. */
export function dumpJson(value: Value, style: JsonStyle): string {
  return dump(value, style, '\n')
}

function dump(value: Value, style: JsonStyle, newline: string): string {
  if (typeof value === 'string') return dumpText(value, style.ensureAscii)
  if (value === null) return 'null'
  if (typeof value !== 'object') return String(value)
  return dumpObject(value, style, newline)
}

function dumpObject(value: Value & object, style: JsonStyle, newline: string): string {
  if (value instanceof Float) return dumpFloat(value.value)
  if (Array.isArray(value)) return dumpItems(value, style, newline)
  if (value instanceof Tuple) return dumpItems(value.items, style, newline)
  if (value instanceof Map) return dumpDict(value, style, newline)
  if (value instanceof Uint8Array) return dumpText(Buffer.from(value).toString('utf8'), style.ensureAscii)
  const data = value instanceof TemplateObject ? value.asData : undefined
  return data === undefined ? refuse(value) : dumpText(data, style.ensureAscii)
}

function refuse(value: Value): never {
  requireKnown(value)
  throw new EvaluationError('filter-argument', `Cannot write a value of type '${typeName(value)}' as JSON`)
}

function dumpItems(items: readonly Value[], style: JsonStyle, newline: string): string {
  if (items.length === 0) return '[]'
  const inner = innerLine(style, newline)
  return `[${inner}${items.map((item) => dump(item, style, inner)).join(style.separators[0] + inner)}${style.indent === undefined ? '' : newline}]`
}

function dumpDict(dict: ReadonlyMap<Value, Value>, style: JsonStyle, newline: string): string {
  if (dict.size === 0) return '{}'
  const inner = innerLine(style, newline)
  const entries = [...dict].map(([key, item]) => [keyText(key), item] as const)
  if (style.sortKeys) entries.sort(([left], [right]) => compareText(left, right))
  const parts = entries.map(([key, item]) => dumpText(key, style.ensureAscii) + style.separators[1] + dump(item, style, inner))
  return `{${inner}${parts.join(style.separators[0] + inner)}${style.indent === undefined ? '' : newline}}`
}

function innerLine({ indent }: JsonStyle, newline: string): string {
  return indent === undefined ? '' : newline + indent
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key
  if (key === null) return 'null'
  if (key instanceof Float) return dumpFloat(key.value)
  if (typeof key === 'object') throw new EvaluationError('filter-argument', `Cannot write a key of type '${typeName(key)}' as JSON`)
  return String(key)
}

function dumpFloat(number: number): string {
  if (Number.isNaN(number)) return 'NaN'
  return Number.isFinite(number) ? floatText(number) : number > 0 ? 'Infinity' : '-Infinity'
}

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b' }

function dumpText(text: string, ensureAscii: boolean): string {
  const pattern = ensureAscii ? /["\\]|[^\x20-\x7e]/g : /["\\\x00-\x1f]/g
  return `"${text.replace(pattern, (unit) => SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}
