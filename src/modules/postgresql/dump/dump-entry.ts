import { DumpError, type Statement } from './statement.ts'

/** What a statement of a data dump says. */
export type DumpEntry =
  | { readonly kind: 'insert', readonly statement: Statement, readonly table: string }
  | { readonly kind: 'setting', readonly statement: Statement, readonly sql: string }
  | { readonly kind: 'sequence', readonly statement: Statement, readonly sequence: string, readonly value: string, readonly called: string }

const NAME = String.raw`(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*)`
const INSERT = new RegExp(String.raw`^INSERT\s+INTO\s+(${NAME}(?:\.${NAME})?)\s*\(\s*${NAME}(?:\s*,\s*${NAME})*\s*\)\s*(?:OVERRIDING\s+(?:SYSTEM|USER)\s+VALUE\s+)?VALUES\s*\(`, 'i')
const SEQUENCE = /^SELECT\s+pg_catalog\.setval\('((?:[^']|'')+)',\s*(-?\d+),\s*(true|false)\)$/i
const SETTING = /^SET\s+(?:SESSION\s+|LOCAL\s+)?(\w+)\s*(?:=|TO)\s*([^]+)$/i
const SEARCH_PATH = /^SELECT\s+pg_catalog\.set_config\('search_path',\s*('(?:[^']|'')*'),\s*(?:true|false)\)$/i

/** Understands one statement of `pg_dump --data-only --column-inserts`; anything else in it is an error, since it could do anything. */
export function dumpEntry(dump: string, statement: Statement): DumpEntry {
  const { text } = statement
  const insert = INSERT.exec(text)
  if (insert !== null) return insertEntry(dump, statement, insert[1] ?? '')
  const sequence = SEQUENCE.exec(text)
  if (sequence !== null) return { kind: 'sequence', statement, sequence: (sequence[1] ?? '').replaceAll("''", "'"), value: sequence[2] ?? '', called: sequence[3] ?? 'true' }
  const setting = settingSql(text)
  if (setting !== undefined) return { kind: 'setting', statement, sql: setting }
  throw new DumpError(dump, statement, /^INSERT\b/i.test(text) ? 'this INSERT is not one with column names and one row of values' : 'this statement has no place in a dump of data with column inserts')
}

function insertEntry(dump: string, statement: Statement, table: string): DumpEntry {
  if (!statement.text.endsWith(')')) throw new DumpError(dump, statement, 'this INSERT does not end after its values')
  return { kind: 'insert', statement, table }
}

/** Settings hold for the transaction only. */
function settingSql(text: string): string | undefined {
  const path = SEARCH_PATH.exec(text)
  if (path !== null) return `SELECT pg_catalog.set_config('search_path', ${path[1] ?? "''"}, true)`
  const setting = SETTING.exec(text)
  return setting === null ? undefined : `SET LOCAL ${setting[1] ?? ''} = ${setting[2] ?? ''}`
}
