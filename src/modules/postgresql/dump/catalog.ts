import type { Execute } from '../session.ts'

/** What the target database knows of its tables. */
export interface TargetTable {
  /** As `regclass` prints it with an empty search path: quoted, with its schema. */
  readonly name: string
  /** Quoted name of the primary key's constraint. */
  readonly primaryKey: string | undefined
}

const TABLES = `SELECT format('%I.%I', n.nspname, c.relname) AS name, quote_ident(k.conname) AS key
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'tsplay_merge')
ORDER BY 1`

/** Every table of the database, by name. */
export async function targetTables(execute: Execute): Promise<ReadonlyMap<string, TargetTable>> {
  const [answer] = await execute(TABLES)
  return new Map((answer?.rows ?? []).map(({ name, key }) => [name ?? '', { name: name ?? '', primaryKey: key ?? undefined }]))
}

/** Rows of each table, in one question. */
export async function countRows(execute: Execute, tables: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (tables.length === 0) return new Map()
  const [answer] = await execute(`SELECT ${tables.map((table, index) => `(SELECT count(*) FROM ${table}) AS c${index}`).join(', ')}`)
  return new Map(tables.map((table, index) => [table, Number(answer?.rows[0]?.[`c${index}`] ?? 0)]))
}

/** The name of a table as the dump wrote it, in the form of the catalog. */
function tableKey(written: string): string {
  const parts = [...written.matchAll(/"((?:[^"]|"")+)"|([^."]+)/g)].map((match) => match[1] ?? (match[2] ?? '').toLowerCase())
  const [schema, table] = parts.length > 1 ? parts : ['public', parts[0]]
  return `${identifier(schema ?? '')}.${identifier(table ?? '')}`
}

/** As format('%I') writes it, but for key words, which `matches` below takes care of. */
const identifier = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name}"`)

/** Finds a table however its name is quoted. */
export function findTable(tables: ReadonlyMap<string, TargetTable>, written: string): TargetTable | undefined {
  const key = tableKey(written)
  return tables.get(key) ?? [...tables.values()].find(({ name }) => name.replaceAll('"', '') === key.replaceAll('"', ''))
}
