import type { Remote } from '../../../remote/remote.ts'
import type { JsonObject } from '../../../value/value.ts'
import { countTables, type DatabaseCounts } from '../count-tables.ts'
import { recordOf, recordQuery, type Counts } from '../dump/bookkeeping.ts'
import { excerpt } from '../dump/statement.ts'
import type { Login } from '../login.ts'
import { readRows } from '../read-rows.ts'
import { quoteLiteral } from '../sql-text.ts'

export interface AccountRequest {
  readonly login: (database: string) => Login
  readonly databases: readonly string[]
  readonly counts: string | undefined
  readonly merged: { readonly db: string, readonly name: string } | undefined
}

export interface Account {
  readonly problems: readonly string[]
  /** Rows of each table: before, inserted, untouched and now. */
  readonly tables: readonly JsonObject[]
  /** Inserts of the dump whose row was there already. */
  readonly alreadyThere: readonly JsonObject[]
}

/** Accounts for every row: what was there before, what was merged, what is there now. */
export async function accountProblems({ login, databases, counts, merged }: AccountRequest, remote: Remote): Promise<Account> {
  if (counts === undefined) return { problems: [], tables: [], alreadyThere: [] }
  const [before, now, merge, untouched] = await Promise.all([
    remote.readText(counts), countTables(remote, databases.map(login)), mergeCounts(merged, login, remote), untouchedRows(merged, login, remote),
  ])
  if (before === undefined) return { problems: [`${counts} is not there`], tables: [], alreadyThere: [] }
  const tables = compare({ before: JSON.parse(before) as DatabaseCounts, now, merge, mergedInto: merged?.db })
  return { tables, alreadyThere: untouched, problems: tables.flatMap((table) => problemsOf(table)) }
}

async function mergeCounts(merged: AccountRequest['merged'], login: AccountRequest['login'], remote: Remote): Promise<Counts> {
  if (merged === undefined) return {}
  return recordOf(merged.name, (await readRows(remote, login(merged.db), recordQuery(merged.name)))[0])?.counts ?? {}
}

async function untouchedRows(merged: AccountRequest['merged'], login: AccountRequest['login'], remote: Remote): Promise<readonly JsonObject[]> {
  if (merged === undefined) return []
  const rows = await readRows(remote, login(merged.db), `SELECT table_name, statement FROM tsplay_merge.untouched WHERE name = ${quoteLiteral(merged.name)} ORDER BY line`)
  return rows.map(({ table_name: table, statement }) => ({ table: table ?? '', statement: excerpt(statement ?? '') }))
}

type TableAccount = { readonly table: string, readonly before: number, readonly inserted: number, readonly untouched: number, readonly now: number }

interface Compared {
  readonly before: DatabaseCounts
  readonly now: DatabaseCounts
  readonly merge: Counts
  readonly mergedInto: string | undefined
}

function compare({ before, now, merge, mergedInto }: Compared): readonly TableAccount[] {
  return Object.keys(now).flatMap((database) => {
    const names = [...new Set([...Object.keys(before[database] ?? {}), ...Object.keys(now[database] ?? {})])].sort()
    return names.map((table) => {
      const { inserted, untouched } = (database === mergedInto ? merge[table] : undefined) ?? { inserted: 0, untouched: 0 }
      return { table: `${database}.${table}`, before: before[database]?.[table] ?? 0, inserted, untouched, now: now[database]?.[table] ?? 0 }
    })
  })
}

function problemsOf({ table, before, inserted, now }: TableAccount): readonly string[] {
  return before + inserted === now ? [] : [`${table} has ${now} rows, not ${before} + ${inserted}`]
}
