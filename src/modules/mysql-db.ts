import { ModuleFailure } from '../module/module.ts'
import { CONNECTION_ARGUMENTS } from './mysql/connection-arguments.ts'
import { dumpOrImport } from './mysql/dump-or-import.ts'
import { defineSqlModule } from './mysql/sql-module.ts'
import { quoteLiteral, quoteName } from './mysql/sql-text.ts'

interface State {
  /** Those of the databases named that are there. */
  readonly there: readonly string[]
}

/** `community.mysql.mysql_db`. */
export const mysqlDb = defineSqlModule({
  name: 'mysql_db',
  summary: 'Ensure MySQL or MariaDB databases are there, or are not; dump or import them.',
  args: {
    ...CONNECTION_ARGUMENTS,
    name: { type: 'list', elements: 'str', required: true, aliases: ['db'], description: 'Databases; `all` for all of them where they are dumped or imported.' },
    state: { type: 'str', choices: ['absent', 'dump', 'import', 'present'], default: 'present', description: 'Whether they are there; or what is done, every time.' },
    collation: { type: 'str', default: '', description: 'Order of texts in new ones.' },
    encoding: { type: 'str', default: '', description: 'Encoding of new ones, and of dumps.' },
    target: { type: 'path', description: 'File on the host to dump to or to import; .gz, .bz2, .xz and .zst are packed.' },
    single_transaction: { type: 'bool', default: false, description: 'Dump in one transaction.' },
    quick: { type: 'bool', default: true, description: 'Dump row by row.' },
    ignore_tables: { type: 'list', elements: 'str', default: [], description: 'Tables left out of a dump: `database.table`.' },
    hex_blob: { type: 'bool', default: false, description: 'Dump binary columns in hexadecimal.' },
    force: { type: 'bool', default: false, description: 'Go on after an error.' },
    master_data: { type: 'int', choices: [0, 1, 2], default: 0, description: 'Dump the place in the log: not, as a statement, or as a comment.' },
    skip_lock_tables: { type: 'bool', default: false, description: 'Do not lock tables for a dump.' },
    dump_extra_args: { type: 'str', description: 'Further arguments of mysqldump.' },
    use_shell: { type: 'bool', default: false, description: 'Has no effect: the programs are always run by a shell.' },
    unsafe_login_password: { type: 'bool', default: false, description: 'Has no effect: the password is never on a command line.' },
    restrict_config_file: { type: 'bool', default: false, description: 'The programs read no other option file than `config_file`.' },
    check_implicit_admin: { type: 'bool', default: false, description: 'Try root without a password first.' },
    config_overrides_defaults: { type: 'bool', default: false, description: 'Take host and port from the option file where they are not given.' },
    chdir: { type: 'path', description: 'Folder that the programs run in.' },
    pipefail: { type: 'bool', default: true, description: 'Has no effect: a pipe fails when either side does.' },
    sql_log_bin: { type: 'bool', default: true, description: 'Whether changes are in the binary log.' },
  },
  examples: [{ name: 'A database', args: { name: 'shop', encoding: 'utf8mb4' } }, { name: 'A dump', args: { name: 'market', state: 'dump', target: '/backup/market.sql.gz' }, again: 'it is dumped each time' }],
  database: () => undefined,
  inputs: [],
  queriesField: 'executed_commands',
  look: async (args, ask): Promise<State> => {
    if (args.name.includes('all') && !isTransfer(args.state)) throw new ModuleFailure('name=all may only be used with state=dump or state=import')
    if (args.name.length > 1 && args.state === 'import') throw new ModuleFailure('Multiple databases are not supported when state=import')
    if (isTransfer(args.state) && args.target === undefined) throw new ModuleFailure(`with state=${args.state} target is required`)
    const rows = await ask(`SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN (${quoteLiteral(args.name)})`)
    return { there: args.name.filter((name) => rows.some((row) => row.name === name)) }
  },
  aim: ({ name, state }, before) => {
    if (state === 'dump' && !name.includes('all')) refuseMissing(name, before.there)
    if (state === 'absent') return { there: [] }
    return state === 'dump' ? before : { there: name.filter((database) => database !== 'all') }
  },
  statements: ({ before, after }, { encoding, collation }) => [
    ...after.there.filter((name) => !before.there.includes(name)).map((name) => `CREATE DATABASE ${quoteName(name)}${encoding === '' ? '' : ` CHARACTER SET '${word(encoding)}'`}${collation === '' ? '' : ` COLLATE '${word(collation)}'`}`),
    ...before.there.filter((name) => !after.there.includes(name)).map((name) => `DROP DATABASE ${quoteName(name)}`),
  ],
  program: { wanted: ({ state }) => isTransfer(state), run: dumpOrImport },
  result: ({ name }) => ({ db: name.join(' '), db_list: name }),
  undo: ({ state }) => (state === 'present' ? 'swap' : { impossible: 'What a database or a file held is not kept' }),
})

const isTransfer = (state: string): boolean => state === 'dump' || state === 'import'

function refuseMissing(names: readonly string[], there: readonly string[]): void {
  const missing = names.filter((name) => !there.includes(name))
  if (missing.length > 0) throw new ModuleFailure(`Cannot dump database(s) ${missing.map((name) => `'${name}'`).join(', ')} - not found`)
}

function word(text: string): string {
  if (!/^\w+$/.test(text)) throw new ModuleFailure(`'${text}' is no name of an encoding or collation`)
  return text
}
