import type { Remote } from '../../remote/remote.ts'
import { describeLogin, type Login } from './login.ts'
import { readRows } from './read-rows.ts'

/** Rows by database and table. */
export type DatabaseCounts = { readonly [database: string]: { readonly [table: string]: number } }

/**
 * `query_to_xml` lets one question count tables that it finds itself.
 * The tables of tsplay's own records are not the site's.
 */
const COUNTS = `SELECT format('%I.%I', n.nspname, c.relname) AS name,
  (xpath('/table/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', n.nspname, c.relname), true, false, '')))[1]::text AS rows
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'tsplay_merge') AND n.nspname NOT LIKE 'pg\\_%'
ORDER BY 1`

/** Counts every table of every database, one question each. */
export async function countTables(remote: Remote, logins: readonly Login[]): Promise<DatabaseCounts> {
  const databases = await Promise.all(logins.map(async (login): Promise<[string, Record<string, number>]> => {
    const rows = await readRows(remote, login, COUNTS)
    return [login.database, Object.fromEntries(rows.map(({ name, rows: count }) => [name ?? describeLogin(login), Number(count)]))]
  }))
  return Object.fromEntries(databases)
}
