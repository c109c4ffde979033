import type { Remote } from '../../../remote/remote.ts'
import type { Json } from '../../../value/value.ts'
import type { Login } from '../login.ts'
import { readRows } from '../read-rows.ts'
import { quoteLiteral, quoteName, textOf } from '../sql-text.ts'

export interface ExpectedRows {
  readonly db: string
  readonly table: string
  readonly where: Readonly<Record<string, Json>>
  readonly values: Readonly<Record<string, Json>>
}

/** Rows that are not there, or not as they should be. */
export async function rowProblems(expected: readonly ExpectedRows[], login: (database: string) => Login, remote: Remote): Promise<readonly string[]> {
  const found = await Promise.all(expected.map((rows) => problemOf(rows, login(rows.db), remote)))
  return found.flat()
}

async function problemOf({ db, table, where, values }: ExpectedRows, login: Login, remote: Remote): Promise<readonly string[]> {
  const conditions = Object.entries(where).map(([column, value]) => `${quoteName(column)} = ${quoteLiteral(value)}`)
  const columns = Object.keys(values).map((column) => `${quoteName(column)}::text AS ${quoteName(column)}`)
  const rows = await readRows(remote, login, `SELECT ${columns.join(', ')} FROM ${quoteName(table)} WHERE ${conditions.join(' AND ')}`)
  const place = `${db}.${table} (${Object.entries(where).map(([column, value]) => `${column} ${textOf(value) ?? 'null'}`).join(', ')})`
  if (rows.length === 0) return [`${place} has no row`]
  const wrong = Object.entries(values).filter(([column, value]) => rows.some((row) => row[column] !== textOf(value)))
  return wrong.map(([column, value]) => `${place} has ${column} ${rows.map((row) => row[column] ?? 'null').join(', ')}, not ${textOf(value) ?? 'null'}`)
}
