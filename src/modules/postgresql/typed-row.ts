import type { Json, JsonObject } from '../../value/value.ts'
import type { Answer, Column, Row } from './session.ts'

/** Rows with numbers, booleans, JSON and lists of such as such, and times in ISO form; all else stays as the server prints it. */
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
const TIMES = new Set([1114, 1184])
/** Types of arrays, and of what is in them: bool, int2, int4, int8, oid, float4, float8, numeric, text, name, varchar, char, timestamps, jsonb. */
const ARRAYS: ReadonlyMap<number, number> = new Map([
  [1000, 16], [1005, 21], [1007, 23], [1016, 20], [1028, 26], [1021, 700], [1022, 701], [1231, 1700], [1009, 25], [1003, 19], [1015, 1043], [1014, 1042], [1002, 18],
  [1115, 1114], [1185, 1184], [3807, 3802], [199, 114], [2951, 2950], [1182, 1082], [1041, 869],
])

function typedValue(type: number, text: string | null): Json {
  if (text === null) return null
  if (type === BOOLEAN) return text === 't'
  if (INTEGERS.has(type) || FRACTIONS.has(type)) return numberOf(type, text)
  if (JSONS.has(type)) return JSON.parse(text) as Json
  if (TIMES.has(type)) return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  const element = ARRAYS.get(type)
  return element === undefined ? text : arrayOf(text, element)
}

/** Numbers that would not be kept exactly stay text. */
function numberOf(type: number, text: string): Json {
  const number = Number(text)
  return Number.isFinite(number) && (FRACTIONS.has(type) || Number.isSafeInteger(number)) ? number : text
}

/** `{1,"a b",NULL,{2}}`, as the server prints arrays. */
function arrayOf(text: string, element: number): Json {
  const stack: Json[][] = [[]]
  for (const [token] of text.matchAll(/[{}]|"(?:[^"\\]|\\.)*"|[^{},"]+/gs)) {
    if (token === '{') stack.push([])
    else if (token === '}') closeList(stack)
    else stack.at(-1)?.push(token === 'NULL' ? null : typedValue(element, unquoted(token)))
  }
  return stack[0]?.[0] ?? []
}

function closeList(stack: Json[][]): void {
  const list = stack.pop() ?? []
  stack.at(-1)?.push(list)
}

function unquoted(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/gs, '$1') : token
}
