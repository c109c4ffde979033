import { createRequire } from 'node:module'
import { Float } from '../../value/float.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { listOf } from '../iterate.ts'
import { integer } from '../runtime/arithmetic.ts'
import type { Filter } from '../types.ts'

/** TOML in and out, as community.general's filters do it. */
export const TOML_FILTERS: readonly (readonly [string, Filter])[] = [
  ['from_toml', ([text = null]) => fromToml(text)],
  ['to_toml', ([value = null]) => {
    if (!(value instanceof Map)) throw new EvaluationError('filter-argument', 'to_toml only accepts dictionaries.')
    return tableText(value, []).replace(/^\n/, '')
  }],
]

interface Toml {
  parse(text: string, options: { readonly integersAsBigInt: true }): unknown
}

function fromToml(text: Value): Value {
  if (typeof text !== 'string') throw new EvaluationError('filter-argument', `Invalid input type: '${typeName(text)}': from_toml needs text`)
  const { parse } = createRequire(import.meta.url)('smol-toml') as Toml
  try {
    return valueOf(parse(text, { integersAsBigInt: true }))
  } catch (error) {
    throw new EvaluationError('filter-argument', `Cannot read TOML: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`)
  }
}

/** Dates stay the text that was written. */
function valueOf(plain: unknown): Value {
  if (typeof plain === 'bigint') return integer(plain)
  if (typeof plain === 'number') return new Float(plain)
  if (Array.isArray(plain)) return plain.map(valueOf)
  if (plain instanceof Date) return plain.toISOString().replace('.000', '')
  if (typeof plain === 'object' && plain !== null) return new Map(Object.entries(plain).map(([key, item]) => [key, valueOf(item)]))
  return typeof plain === 'boolean' ? plain : String(plain)
}

/** Plain entries first: what follows the heading of a table belongs to it. */
function tableText(table: Dict, path: readonly string[]): string {
  const entries = [...table].map(([key, value]) => ({ name: keyText(textOf(key)), value }))
  const plain = entries.filter(({ value }) => !isTable(value) && !isTables(value)).map(({ name, value }) => `${name} = ${valueText(value)}\n`)
  const tables = entries.flatMap(({ name, value }) => {
    if (value instanceof Map) return [namedTable(value, [...path, name])]
    return isTables(value) ? value.map((item) => `\n[[${[...path, name].join('.')}]]\n${tableText(item, [...path, name])}`) : []
  })
  return plain.join('') + tables.join('')
}

/** A table of tables alone needs no heading. */
function namedTable(table: Dict, path: readonly string[]): string {
  const isBare = table.size > 0 && [...table.values()].every((value) => isTable(value) || isTables(value))
  return `${isBare ? '' : `\n[${path.join('.')}]\n`}${tableText(table, path)}`
}

function isTable(value: Value): value is Dict {
  return value instanceof Map
}

function isTables(value: Value): value is Dict[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTable)
}

function valueText(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof Float) return textOf(value)
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${keyText(textOf(key))} = ${valueText(item)}`).join(', ')}}`
  const items = listOf(value)
  if (items !== undefined) return `[${items.map(valueText).join(', ')}]`
  throw new EvaluationError('filter-argument', `Cannot write a value of type '${typeName(value)}' as TOML`)
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quoted(key)
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' }

function quoted(text: string): string {
  return `"${text.replace(/["\\\p{Cc}]/gu, (letter) => ESCAPES[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}
