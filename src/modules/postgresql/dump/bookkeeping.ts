import type { Execute, Row } from '../session.ts'
import { quoteLiteral } from '../sql-text.ts'
import type { Statement } from './statement.ts'

/** Rows of one table before, during and after a merge; `before + inserted = after` and `inserted + untouched` is what the dump holds. */
// A type and not an interface: results of tasks must be JSON by their type.
export type TableCounts = {
  readonly before: number
  readonly inserted: number
  readonly untouched: number
  readonly after: number
}

export type Counts = { readonly [table: string]: TableCounts }

/** An insert whose row was there already. */
export interface Untouched {
  readonly statement: Statement
  readonly table: string
}

/** The merge's own records live in the database that it merges into, and are written by the same transaction. */
const SCHEMA = `CREATE SCHEMA IF NOT EXISTS tsplay_merge;
CREATE TABLE IF NOT EXISTS tsplay_merge.merged (name text PRIMARY KEY, sha256 text NOT NULL, untouched_sha256 text NOT NULL, counts jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS tsplay_merge.untouched (name text NOT NULL REFERENCES tsplay_merge.merged ON DELETE CASCADE, line integer NOT NULL, table_name text NOT NULL, statement text NOT NULL, PRIMARY KEY (name, line))`

export interface MergeRecord {
  readonly name: string
  readonly sha256: string
  readonly untouchedSha256: string
  readonly counts: Counts
}

export async function record(execute: Execute, merged: MergeRecord, untouched: readonly Untouched[]): Promise<void> {
  await execute(SCHEMA)
  await execute(`INSERT INTO tsplay_merge.merged (name, sha256, untouched_sha256, counts) VALUES (${[merged.name, merged.sha256, merged.untouchedSha256, JSON.stringify(merged.counts)].map(quoteLiteral).join(', ')})`)
  for (let at = 0; at < untouched.length; at += 200) {
    const rows = untouched.slice(at, at + 200).map(({ statement, table }) => `(${[merged.name, statement.line, table, statement.text].map(quoteLiteral).join(', ')})`)
    await execute(`INSERT INTO tsplay_merge.untouched (name, line, table_name, statement) VALUES ${rows.join(', ')}`)
  }
}

/** One row when the dump of this name was merged; fails when the database has never seen a merge. */
export const recordQuery = (name: string): string => `SELECT sha256, untouched_sha256, counts::text AS counts FROM tsplay_merge.merged WHERE name = ${quoteLiteral(name)}`

export function recordOf(name: string, row: Row | undefined): MergeRecord | undefined {
  if (row === undefined) return undefined
  return { name, sha256: row.sha256 ?? '', untouchedSha256: row.untouched_sha256 ?? '', counts: JSON.parse(row.counts ?? '{}') as Counts }
}

/** What the file beside the dump says, computed from the records. */
export async function readUntouched(execute: Execute, name: string): Promise<readonly Untouched[]> {
  const [answer] = await execute(`SELECT line, table_name, statement FROM tsplay_merge.untouched WHERE name = ${quoteLiteral(name)} ORDER BY line`)
  return (answer?.rows ?? []).map(({ line, table_name: table, statement }) => ({ statement: { text: statement ?? '', line: Number(line) }, table: table ?? '' }))
}

/** Text of DUMP.untouched: the statements that were not executed. */
export const untouchedText = (untouched: readonly Untouched[]): string => untouched.map(({ statement }) => `${statement.text};\n`).join('')
