import { cell } from './session.ts'
import type { Ask } from './sql-module.ts'
import { quoteLiteral } from './sql-text.ts'

/** What may be published of a table. */
export const PUBLISHED = ['insert', 'update', 'delete', 'truncate'] as const

export interface PublishedTable {
  /** `"schema"."table"`. */
  readonly table: string
  /** Null is all. */
  readonly columns: readonly string[] | null
  readonly filter: string | null
}

/** A publication as the catalog tells of it. */
export interface PublicationState {
  readonly exists: boolean
  readonly owner: string
  /** Whoever makes it. */
  readonly us: string
  readonly all: boolean
  readonly tables: readonly PublishedTable[]
  readonly schemas: readonly string[]
  readonly parameters: Readonly<Record<string, string>>
  readonly comment: string
}

/** Version in which columns, conditions and schemas came. */
const WITH_COLUMNS = 150_000

/** Looks a publication up. */
export async function lookAtPublication(name: string, ask: Ask): Promise<PublicationState> {
  const publication = quoteLiteral(name)
  const [[session], [row]] = await Promise.all([
    ask("SELECT current_user AS us, current_setting('server_version_num') AS version"),
    ask(`SELECT p.oid, pg_catalog.pg_get_userbyid(p.pubowner) AS owner, p.puballtables AS every, pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN (to_jsonb(p) ->> 'pubtruncate')::boolean THEN 'truncate' END) AS publish, to_jsonb(p) ->> 'pubviaroot' AS viaroot, pg_catalog.obj_description(p.oid, 'pg_publication') AS comment FROM pg_catalog.pg_publication p WHERE p.pubname = ${publication}`),
  ])
  const us = cell(session, 'us')
  if (row === undefined) return { exists: false, owner: '', us, all: false, tables: [], schemas: [], parameters: {}, comment: '' }
  const [tables, schemas] = await contentsOf(cell(row, 'oid'), Number(cell(session, 'version')) >= WITH_COLUMNS, ask)
  return {
    exists: true, us, owner: cell(row, 'owner'), all: row.every === 't', tables, schemas, comment: cell(row, 'comment'),
    parameters: { publish: cell(row, 'publish'), ...(row.viaroot === null ? {} : { publish_via_partition_root: cell(row, 'viaroot') }) },
  }
}

async function contentsOf(oid: string, hasColumns: boolean, ask: Ask): Promise<readonly [readonly PublishedTable[], readonly string[]]> {
  const more = hasColumns ? `, pg_catalog.pg_get_expr(r.prqual, r.prrelid) AS filter, (SELECT json_agg(a.attname ORDER BY a.attnum)::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) AS columns` : ''
  const [tables, schemas] = await Promise.all([
    ask(`SELECT '"' || replace(n.nspname, '"', '""') || '"."' || replace(c.relname, '"', '""') || '"' AS name${more} FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_class c ON c.oid = r.prrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = ${oid} ORDER BY r.oid`),
    hasColumns ? ask(`SELECT n.nspname AS name FROM pg_catalog.pg_publication_namespace s JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = ${oid} ORDER BY s.oid`) : [],
  ])
  return [
    tables.map((row) => ({ table: cell(row, 'name'), filter: row.filter ?? null, columns: typeof row.columns === 'string' ? JSON.parse(row.columns) as readonly string[] : null })),
    schemas.map((row) => cell(row, 'name')),
  ]
}
