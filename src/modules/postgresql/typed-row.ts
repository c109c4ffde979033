import type { Json, JsonObject } from '../../value/value.ts'
import type { Answer, Column, Row } from './session.ts'

/** Rows with numbers, booleans and JSON as such; all else stays as the server prints it. */
export function typedRows({ columns, rows }: Answer): readonly JsonObject[] {
  return rows.map((row) => typedRow(columns, row))
}

function typedRow(columns: readonly Column[], row: Row): JsonObject {
  return Object.fromEntries(columns.map(({ name, type }): [string, Json] => [name, typedValue(type, row[name] ?? null)]))
}

/** Object identifiers of the server's built-in types. */
const INTEGERS = new Set([20, 21, 23, 26])
const FRACTIONS = new Set([700, 701, 1700])
const BOOLEAN = 16
const JSONS = new Set([114, 3802])

function typedValue(type: number, text: string | null): Json {
  if (text === null) return null
  if (type === BOOLEAN) return text === 't'
  if (JSONS.has(type)) return JSON.parse(text) as Json
  const number = INTEGERS.has(type) || FRACTIONS.has(type) ? Number(text) : NaN
  return Number.isFinite(number) && (FRACTIONS.has(type) || Number.isSafeInteger(number)) ? number : text
}
