import { cell } from './session.ts'
import type { Ask } from './sql-module.ts'
import { quoteLiteral } from './sql-text.ts'

/** A database as the catalog tells of it. */
export interface DatabaseState {
  readonly name: string
  readonly exists: boolean
  readonly owner: string
  readonly encoding: string
  readonly collate: string
  readonly ctype: string
  readonly icuLocale: string
  readonly provider: string
  readonly limit: number
  readonly tablespace: string
  readonly comment: string
  /** For a change of name: whether there is one of the new name. */
  readonly targetExists: boolean
}

const NONE: Omit<DatabaseState, 'name' | 'targetExists'> = { exists: false, owner: '', encoding: '', collate: '', ctype: '', icuLocale: '', provider: '', limit: -1, tablespace: '', comment: '' }

/** Looks a database up. Columns that only some versions have are read as JSON. */
export async function lookAtDatabase(name: string, target: string | undefined, ask: Ask): Promise<DatabaseState> {
  const rows = await ask(`SELECT d.datname AS name, pg_catalog.pg_get_userbyid(d.datdba) AS owner, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding, d.datcollate AS collate, d.datctype AS ctype, d.datconnlimit AS lim, t.spcname AS tablespace, pg_catalog.shobj_description(d.oid, 'pg_database') AS comment, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS icu, CASE to_jsonb(d) ->> 'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider FROM pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace WHERE d.datname IN (${[name, ...(target === undefined ? [] : [target])].map(quoteLiteral).join(', ')})`)
  const row = rows.find((candidate) => candidate.name === name)
  const targetExists = rows.some((candidate) => candidate.name === target)
  if (row === undefined) return { ...NONE, name, targetExists }
  return {
    name, targetExists, exists: true, owner: cell(row, 'owner'), encoding: cell(row, 'encoding'), collate: cell(row, 'collate'), ctype: cell(row, 'ctype'), icuLocale: cell(row, 'icu'),
    provider: cell(row, 'provider'), limit: Number(row.lim), tablespace: cell(row, 'tablespace'), comment: cell(row, 'comment'),
  }
}
