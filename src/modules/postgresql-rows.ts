import { defineModule } from '../module/define-module.ts'
import type { Change, Undo } from '../module/module.ts'
import type { Json } from '../value/value.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { readRows } from './postgresql/read-rows.ts'
import { asFailure } from './postgresql/server-problem.ts'
import { openSession, type Execute, type Row } from './postgresql/session.ts'
import { quoteLiteral, quoteName, textOf } from './postgresql/sql-text.ts'

interface Wanted {
  readonly login: Login
  readonly table: string
  readonly where: Values
  readonly values: Values
  readonly contains: Readonly<Record<string, readonly string[]>>
  readonly state: 'present' | 'updated' | 'absent'
}

type Values = Readonly<Record<string, Json>>

/** `postgresql_rows`: rows of a table with given values; tsplay's own, and unlike a statement it knows what it will change. */
export const postgresqlRows = defineModule({
  name: 'postgresql_rows',
  summary: 'Ensure rows of a PostgreSQL table are there, have given values, or are not there.',
  args: {
    ...LOGIN_ARGUMENTS,
    db: { type: 'str', required: true, aliases: ['login_db', 'database'], description: 'Database.' },
    table: { type: 'str', required: true, description: 'Table, with its schema if it is not public.' },
    where: { type: 'dict', default: {}, description: 'Columns and values that tell the rows; a list means any of its values; empty means all rows.' },
    values: { type: 'dict', default: {}, description: 'Columns and values that the rows must have.' },
    contains: { type: 'dict', default: {}, description: 'Columns that hold lists separated by commas, and the items that must be in them.' },
    state: { type: 'str', choices: ['present', 'updated', 'absent'], default: 'present', description: '`present` inserts a row when none is told by `where`; `updated` never does; `absent` deletes.' },
  },
  examples: [
    { name: 'Add the new zone', args: { db: 'global', table: 'zone', where: { zone_id: 'devops2a' }, values: { zone_code: 2, status: 'active' } } },
    { name: 'Open the console for it', args: { db: 'account', table: 'console', where: { console_id: 'devopscloud' }, contains: { zones: ['devops2a'] }, state: 'updated' } },
  ],
  prepare: async (args): Promise<Wanted> => {
    const { table, where, values, state } = args
    return { login: loginOf(args, args.db), table, where, values, contains: listsOf(args.contains), state }
  },
  observe: async (wanted, remote) => ({ rows: await readRows(remote, wanted.login, selectOf(wanted)) }),
  diff: (wanted, { rows }) => changeOf(wanted, rows),
  apply: async (wanted, change, remote) => {
    const session = await openSession(remote, wanted.login)
    try {
      await session.transaction((execute) => writeRows(wanted, change, execute))
    } catch (error) {
      throw asFailure(`write rows of ${wanted.table}`, error)
    } finally {
      remote.forget()
    }
    return undefined
  },
  result: (_, { rows }) => ({ rows }),
  undo: (wanted, { before }) => undoOf(wanted, before.rows),
  // Nobody else is told of the rows, and other probes do not depend on them.
  effects: () => ({}),
})

interface Rows {
  readonly rows: readonly Row[]
}

function listsOf(contains: Values): Wanted['contains'] {
  const texts = (items: Json): readonly string[] => (Array.isArray(items) ? items as readonly Json[] : [items]).map((item) => textOf(item) ?? '')
  return Object.fromEntries(Object.entries(contains).map(([column, items]) => [column, texts(items)]))
}

function columnsOf({ where, values, contains }: Wanted): readonly string[] {
  return [...new Set([...Object.keys(where), ...Object.keys(values), ...Object.keys(contains)])]
}

function selectOf(wanted: Wanted): string {
  const columns = columnsOf(wanted).map((name) => `${quoteName(name)}::text AS ${quoteName(name)}`)
  return `SELECT ${columns.length === 0 ? 'count(*)::text AS rows' : columns.join(', ')} FROM ${quoteName(wanted.table)}${whereOf(wanted)}${columns.length === 0 ? ' HAVING count(*) > 0' : ' ORDER BY 1'}`
}

function whereOf({ where }: Pick<Wanted, 'where'>): string {
  const conditions = Object.entries(where).map(([column, value]) => conditionOf(quoteName(column), value))
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

function conditionOf(column: string, value: Json): string {
  if (value === null) return `${column} IS NULL`
  if (Array.isArray(value)) return value.length === 0 ? 'false' : `${column} IN (${value.map(quoteLiteral).join(', ')})`
  return `${column} = ${quoteLiteral(value)}`
}

function changeOf(wanted: Wanted, rows: readonly Row[]): Change<Rows> | undefined {
  const after = rowsAfter(wanted, rows)
  return JSON.stringify(after) === JSON.stringify(rows) ? undefined : { before: { rows }, after: { rows: after } }
}

function rowsAfter(wanted: Wanted, rows: readonly Row[]): readonly Row[] {
  if (wanted.state === 'absent') return []
  if (rows.length === 0 && wanted.state === 'present') return [rowAfter(wanted, textRow(wanted.where))]
  return rows.map((row) => rowAfter(wanted, row))
}

function rowAfter({ values, contains }: Wanted, row: Row): Row {
  const lists = Object.entries(contains).map(([column, items]) => [column, withItems(row[column] ?? '', items)])
  return { ...row, ...textRow(values), ...Object.fromEntries(lists) as Row }
}

function withItems(list: string, items: readonly string[]): string {
  const present = list.split(',').map((item) => item.trim()).filter((item) => item !== '')
  const missing = items.filter((item) => !present.includes(item))
  return missing.length === 0 ? list : [...present, ...missing].join(',')
}

/** Only the columns that the task names are known of a row. */
function undoOf({ state, where, values }: Wanted, before: readonly Row[]): Undo {
  if (state === 'absent') return { impossible: 'other columns of the rows that were deleted are not kept' }
  if (Object.keys(values).some((column) => column in where)) return { impossible: 'rows are told by what the change itself gave them' }
  const isAlike = before.every((row) => JSON.stringify(row) === JSON.stringify(before[0]))
  return isAlike ? 'swap' : { impossible: 'which row had which values is not kept' }
}

/** Whether a change leads back to what was there. */
function isBack(wanted: Wanted, { before, after }: Change<Rows>): boolean {
  return JSON.stringify(rowsAfter(wanted, before.rows)) !== JSON.stringify(after.rows)
}

function backStatement({ table, where, values, contains }: Wanted, [row]: readonly Row[]): string {
  const place = quoteName(table)
  const condition = whereOf({ where })
  if (row === undefined) return `DELETE FROM ${place}${condition}`
  const columns = [...Object.keys(values), ...Object.keys(contains)]
  return `UPDATE ${place} SET ${columns.map((column) => `${quoteName(column)} = ${quoteLiteral(row[column] ?? null)}`).join(', ')}${condition}`
}

const textRow = (values: Values): Row => Object.fromEntries(Object.entries(values).map(([column, value]) => [column, textOf(value)]))

/** Locks and looks again: what was seen before may be old by now. */
async function writeRows(wanted: Wanted, change: Change<Rows>, execute: Execute): Promise<void> {
  const table = quoteName(wanted.table)
  if (isBack(wanted, change)) {
    await execute(backStatement(wanted, change.after.rows))
  } else if (wanted.state === 'absent') {
    await execute(`DELETE FROM ${table}${whereOf(wanted)}`)
  } else if (change.before.rows.length === 0) {
    const row = { ...wanted.where, ...wanted.values, ...Object.fromEntries(Object.keys(wanted.contains).map((column) => [column, change.after.rows[0]?.[column] ?? null])) }
    await execute(`INSERT INTO ${table} (${Object.keys(row).map(quoteName).join(', ')}) VALUES (${Object.values(row).map(quoteLiteral).join(', ')})`)
  } else {
    await execute(`UPDATE ${table} SET ${assignments(wanted).join(', ')}${whereOf(wanted)}`)
  }
}

function assignments({ values, contains }: Wanted): readonly string[] {
  const plain = Object.entries(values).map(([column, value]) => `${quoteName(column)} = ${quoteLiteral(value)}`)
  const lists = Object.entries(contains).map(([column, items]) => `${quoteName(column)} = ${extended(quoteName(column), items)}`)
  return [...plain, ...lists]
}

/** The list with each missing item put behind it, computed by the server on the row that it has. */
function extended(column: string, items: readonly string[]): string {
  const start = `coalesce(${column}, '')`
  return items.reduce((list, item) => {
    const quoted = quoteLiteral(item)
    return `(SELECT CASE WHEN ${quoted} = ANY(regexp_split_to_array(l, '\\s*,\\s*')) THEN l WHEN l = '' THEN ${quoted} ELSE l || ',' || ${quoted} END FROM (SELECT ${list} AS l) q)`
  }, start)
}
