import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { cell } from './postgresql/session.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral, quoteName, partsOf } from './postgresql/sql-text.ts'

interface State {
  readonly name: string
  readonly exists: boolean
  readonly owner: string
  /** Whoever makes it. */
  readonly us: string
  readonly tablespace: string
  readonly storage: readonly string[]
  /** Emptied by the change. */
  readonly emptied: boolean
}

/** `community.postgresql.postgresql_table`. */
export const postgresqlTable = defineSqlModule({
  name: 'postgresql_table',
  summary: 'Ensure a PostgreSQL table is there, with its owner, tablespace and storage parameters, or is not; empty or rename one.',
  args: {
    ...SESSION_ARGUMENTS,
    table: { type: 'str', required: true, aliases: ['name'], description: 'Table, with its schema if need be.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    tablespace: { type: 'str', description: 'Tablespace that it is in.' },
    owner: { type: 'str', description: 'Role that owns it.' },
    unlogged: { type: 'bool', default: false, description: 'Make a new one that is not in the write-ahead log.' },
    like: { type: 'str', description: 'Make a new one with the columns of this one.' },
    including: { type: 'str', description: 'What else a new one takes over from `like`: DEFAULTS, CONSTRAINTS, INDEXES, STORAGE, COMMENTS, ALL; separated by commas.' },
    columns: { type: 'list', elements: 'str', description: 'Columns of a new one, as in CREATE TABLE.' },
    rename: { type: 'str', description: 'New name of one that is there.' },
    truncate: { type: 'bool', default: false, description: 'Empty it.' },
    storage_params: { type: 'list', elements: 'str', description: 'Storage parameters: `fillfactor=10`.' },
    login_db: { type: 'str', default: '', aliases: ['db'], description: 'Database.' },
    cascade: { type: 'bool', default: false, description: 'Drop what depends on it too.' },
  },
  constraints: { exclusive: [['like', 'columns'], ['like', 'rename'], ['columns', 'rename'], ['rename', 'tablespace'], ['rename', 'owner'], ['rename', 'storage_params']] },
  examples: [{ name: 'A table', args: { login_db: 'shop', name: 'orders', columns: ['id bigserial primary key', 'price numeric'], owner: 'shop', storage_params: ['fillfactor=70'] } }],
  database: ({ login_db: database }) => (database === '' ? undefined : database),
  inputs: ['table', 'tablespace', 'owner', 'like', 'including', 'columns', 'rename', 'storage_params'],
  look: async ({ table, rename }, ask): Promise<State> => {
    const names = rename === undefined ? [table] : [table, renamed(table, rename)]
    const [[session], ...found] = await Promise.all([ask('SELECT current_user AS us'), ...names.map(async (name) => ({ name, row: (await ask(queryOf(name)))[0] }))])
    const { name, row } = found.find((candidate) => candidate.row !== undefined) ?? { name: table, row: undefined }
    const storage = cell(row, 'options').split('\n').filter((option) => option !== '')
    return { name, us: cell(session, 'us'), exists: row !== undefined, owner: cell(row, 'owner'), tablespace: cell(row, 'tablespace'), storage, emptied: false }
  },
  aim: (args, before) => {
    if (args.state === 'absent') return { ...before, exists: false }
    if ((args.rename !== undefined || args.truncate) && !before.exists) throw new ModuleFailure(`Table ${args.table} does not exist`)
    if (args.rename !== undefined) return { ...before, name: renamed(args.table, args.rename) }
    if (args.truncate) return { ...before, emptied: true }
    const { owner, tablespace, storage_params: storage = [] } = { owner: before.exists ? before.owner : before.us, tablespace: before.tablespace, ...defined(args) }
    return { ...before, exists: true, owner, tablespace, storage: withParameters(before.storage, storage) }
  },
  statements: ({ before, after }, args) => {
    const table = quoteName(before.name)
    if (!after.exists) return before.exists ? [`DROP TABLE ${table}${args.cascade ? ' CASCADE' : ''}`] : []
    if (after.emptied) return [`TRUNCATE TABLE ${table}`]
    if (before.name !== after.name) return [`ALTER TABLE ${table} RENAME TO ${quoteIdentifier(partsOf(after.name).at(-1) ?? '')}`]
    return [...(before.exists ? [] : [creation(args)]), ...alterations(before, after)]
  },
  result: (_, { name, exists, owner, tablespace, storage }) => ({ table: name, state: exists ? 'present' : 'absent', owner, tablespace, storage_params: storage }),
  undo: ({ truncate }, { after }) => (after.exists && !truncate ? 'swap' : { impossible: 'What the table held is not kept' }),
})

function alterations(before: State, after: State): readonly string[] {
  const table = quoteName(before.name)
  const owner = (before.exists ? before.owner : before.us) === after.owner ? [] : [`ALTER TABLE ${table} OWNER TO ${quoteIdentifier(after.owner)}`]
  // A new one is made with the rest.
  if (!before.exists) return owner
  return [
    ...owner,
    ...(before.tablespace === after.tablespace ? [] : [`ALTER TABLE ${table} SET TABLESPACE ${quoteIdentifier(after.tablespace === '' ? 'pg_default' : after.tablespace)}`]),
    ...storageStatements(table, before.storage, after.storage),
  ]
}

interface Attributes {
  readonly owner: string | undefined
  readonly tablespace: string | undefined
  readonly storage_params: readonly string[] | undefined
}

/** What is given. */
function defined({ owner, tablespace, storage_params }: Attributes): { readonly owner?: string, readonly tablespace?: string, readonly storage_params?: readonly string[] } {
  return { ...(owner === undefined ? {} : { owner }), ...(tablespace === undefined ? {} : { tablespace }), ...(storage_params === undefined ? {} : { storage_params }) }
}

function queryOf(table: string): string {
  return `SELECT pg_catalog.pg_get_userbyid(c.relowner) AS owner, t.spcname AS tablespace, pg_catalog.array_to_string(c.reloptions, E'\\n') AS options FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace WHERE c.relkind IN ('r', 'p', 'f') AND c.oid = pg_catalog.to_regclass(${quoteLiteral(quoteName(table))})`
}

/** The new name is in the schema of the old one. */
function renamed(table: string, name: string): string {
  return [...partsOf(table).slice(0, -1), partsOf(name).at(-1) ?? ''].map((part) => (/^[a-z_]\w*$/i.test(part) ? part : quoteIdentifier(part))).join('.')
}

const nameOf = (parameter: string): string => parameter.split('=')[0]?.trim() ?? ''

function withParameters(before: readonly string[], given: readonly string[]): readonly string[] {
  const wanted = given.map((parameter) => parameter.replace(/\s*=\s*/, '=').trim())
  const names = wanted.map(nameOf)
  const missing = wanted.filter((parameter) => !before.includes(parameter))
  return missing.length === 0 ? before : [...before.filter((parameter) => !names.includes(nameOf(parameter))), ...wanted]
}

function storageStatements(table: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const set = after.filter((parameter) => !before.includes(parameter))
  const reset = before.map(nameOf).filter((name) => !after.map(nameOf).includes(name))
  return [...(set.length === 0 ? [] : [`ALTER TABLE ${table} SET (${set.join(',')})`]), ...(reset.length === 0 ? [] : [`ALTER TABLE ${table} RESET (${reset.join(',')})`])]
}

interface Creation {
  readonly table: string
  readonly unlogged: boolean
  readonly like: string | undefined
  readonly including: string | undefined
  readonly columns: readonly string[] | undefined
  readonly storage_params: readonly string[] | undefined
  readonly tablespace: string | undefined
}

function creation({ table, unlogged, like, including, columns = [], storage_params: storage = [], tablespace }: Creation): string {
  const more = (including ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '').map((word) => ` INCLUDING ${word}`).join('')
  const inner = like === undefined ? columns.join(',') : `LIKE ${quoteName(like)}${more}`
  const parameters = storage.length === 0 ? '' : ` WITH (${storage.join(',')})`
  return `CREATE${unlogged ? ' UNLOGGED' : ''} TABLE ${quoteName(table)} (${inner})${parameters}${tablespace === undefined ? '' : ` TABLESPACE ${quoteIdentifier(tablespace)}`}`
}
