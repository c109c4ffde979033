import type { FieldPacket } from 'mysql2/promise'
import type { Json, JsonObject } from '../../value/value.ts'
import type { Row } from './session.ts'

/** Numbers of the protocol: decimal, tiny, short, long, float, double, longlong, int24, year, newdecimal. */
const NUMBERS = new Set([0, 1, 2, 3, 4, 5, 8, 9, 13, 246])
const TIMES = new Set([7, 12])
const JSON_TYPE = 245

/** A row with numbers as such and times in ISO form; all else stays as the server prints it. */
export function typedRow(columns: readonly FieldPacket[], row: Row): JsonObject {
  return Object.fromEntries(columns.map(({ name, columnType }): [string, Json] => [name, typedValue(columnType ?? 253, row[name] ?? null)]))
}

function typedValue(type: number, text: string | null): Json {
  if (text === null) return null
  if (TIMES.has(type)) return text.replace(' ', 'T')
  if (type === JSON_TYPE || !NUMBERS.has(type)) return text
  const number = Number(text)
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : text
}
