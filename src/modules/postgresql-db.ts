import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { lookAtDatabase, type DatabaseState } from './postgresql/database-state.ts'
import { dumpOrRestore } from './postgresql/dump-or-restore.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

/** `community.postgresql.postgresql_db`. */
export const postgresqlDb = defineSqlModule({
  name: 'postgresql_db',
  summary: 'Ensure a PostgreSQL database is there, with its owner, limit and tablespace, or is not; rename, dump or restore one.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['db', 'login_db'], description: 'Database.' },
    state: { type: 'str', choices: ['absent', 'dump', 'present', 'rename', 'restore'], default: 'present', description: 'Whether it is there; or what is done with it: `dump` and `restore` are done every time.' },
    owner: { type: 'str', default: '', description: 'Role that owns it.' },
    template: { type: 'str', default: '', description: 'Database that a new one is copied from.' },
    encoding: { type: 'str', default: '', description: 'Encoding of a new one.' },
    lc_collate: { type: 'str', default: '', description: 'Order of texts in a new one.' },
    lc_ctype: { type: 'str', default: '', description: 'Classes of characters in a new one.' },
    icu_locale: { type: 'str', default: '', description: 'Locale of a new one whose provider is ICU.' },
    locale_provider: { type: 'str', default: '', description: 'Who knows locales in a new one: icu or libc.' },
    force: { type: 'bool', default: false, description: 'End the sessions of others in a database that is dropped.' },
    target: { type: 'path', default: '', description: 'File on the host to dump to or to restore from; its ending says how: .sql, .tar, .pgc, .dir, and .gz, .bz2, .xz behind. For `rename`, the new name.' },
    target_opts: { type: 'str', default: '', description: 'Further arguments of pg_dump, pg_restore or psql.' },
    dump_extra_args: { type: 'str', description: 'Further arguments of pg_dump.' },
    maintenance_db: { type: 'str', default: 'postgres', description: 'Database to log in to.' },
    conn_limit: { type: 'str', default: '', description: 'Greatest number of connections; -1 is any.' },
    tablespace: { type: 'path', default: '', description: 'Tablespace that it is in.' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
  },
  examples: [{ name: 'A database', args: { name: 'billing', owner: 'yunify' } }, { name: 'A dump', args: { name: 'account', state: 'dump', target: '/backup/account.sql.gz' }, again: 'it is dumped each time' }],
  database: ({ maintenance_db: database }) => database,
  inputs: ['name', 'owner', 'template', 'encoding', 'conn_limit', 'tablespace', 'comment'],
  queriesField: 'executed_commands',
  look: (args, ask): Promise<DatabaseState> => {
    if (args.state === 'rename') refuseRename(args)
    return lookAtDatabase(args.name, args.state === 'rename' ? args.target : undefined, ask)
  },
  aim: (args, before) => {
    if (args.state === 'dump' || args.state === 'restore') {
      if (!before.exists) throw new ModuleFailure(`Database ${args.name} does not exist`)
      if (args.target === '') throw new ModuleFailure(`state ${args.state} needs target`)
      return before
    }
    if (args.state === 'absent') return { ...before, exists: false }
    if (args.state === 'rename') return renamed(args, before)
    return settled(args, before)
  },
  statements: ({ before, after }, args) => {
    if (!after.exists) return before.exists ? [`DROP DATABASE ${quoteIdentifier(before.name)}${args.force ? ' WITH (FORCE)' : ''}`] : []
    if (before.exists && before.name !== after.name) return [`ALTER DATABASE ${quoteIdentifier(before.name)} RENAME TO ${quoteIdentifier(after.name)}`]
    const database = quoteIdentifier(after.name)
    return [
      ...(before.exists ? alterations(before, after) : [creation(args)]),
      ...(before.comment === after.comment ? [] : [`COMMENT ON DATABASE ${database} IS ${quoteLiteral(after.comment)}`]),
    ]
  },
  alone: true,
  deserted: ({ name, state, target, template }) => (state === 'absent' ? [name] : state === 'rename' ? [name, target] : template === '' ? ['template1'] : [template]),
  program: { wanted: ({ state }) => state === 'dump' || state === 'restore', run: dumpOrRestore },
  result: ({ name }) => ({ db: name }),
  undo: ({ state }, { after }) => (state === 'dump' || state === 'restore' || !after.exists ? { impossible: 'What a database or a file held is not kept' } : 'swap'),
})

interface Rename {
  readonly name: string
  readonly target: string
  readonly maintenance_db: string
}

function refuseRename({ name, target, maintenance_db: own }: Rename): void {
  if (target === '') throw new ModuleFailure('The "target" option must be defined when the "rename" option is used.')
  if (name === target) throw new ModuleFailure('The "name/db" option and the "target" option cannot be the same.')
  if (name === own) throw new ModuleFailure('The "maintenance_db" option and the "name/db" option cannot be the same.')
}

function renamed({ target }: Rename, before: DatabaseState): DatabaseState {
  if (before.exists && before.targetExists) throw new ModuleFailure('Both the source and the target databases exist.')
  if (!before.exists && !before.targetExists) throw new ModuleFailure('The source and the target databases do not exist.')
  return before.exists ? { ...before, name: target } : before
}

interface Settings {
  readonly name: string
  readonly owner: string
  readonly template: string
  readonly encoding: string
  readonly lc_collate: string
  readonly lc_ctype: string
  readonly icu_locale: string
  readonly locale_provider: string
  readonly conn_limit: string
  readonly tablespace: string
  readonly comment: string | undefined
}

function settled(args: Settings, before: DatabaseState): DatabaseState {
  if (before.exists) refuseOtherLocale(args, before)
  return {
    ...before, exists: true, owner: args.owner === '' ? before.owner : args.owner, limit: args.conn_limit === '' ? before.limit : Number(args.conn_limit),
    tablespace: args.tablespace === '' ? before.tablespace : args.tablespace, comment: args.comment ?? before.comment,
  }
}

const FIXED = [['encoding', 'encoding'], ['lc_collate', 'collate'], ['lc_ctype', 'ctype'], ['icu_locale', 'icuLocale'], ['locale_provider', 'provider']] as const

/** UTF8, utf-8 and Utf_8 are one encoding. */
const spelling = (text: string): string => text.toLowerCase().replace(/[^a-z0-9.@-]/g, '').replace('utf-8', 'utf8')

function refuseOtherLocale(args: Settings, before: DatabaseState): void {
  for (const [argument, field] of FIXED) {
    if (args[argument] === '' || spelling(args[argument]) === spelling(before[field])) continue
    const what = argument.toUpperCase().replace('ENCODING', 'database encoding')
    throw new ModuleFailure(`Changing ${what} is not supported. Current ${argument.replace('_', ' ')}: ${before[field]}`)
  }
}

function alterations(before: DatabaseState, after: DatabaseState): readonly string[] {
  const database = quoteIdentifier(after.name)
  return [
    ...(before.owner === after.owner ? [] : [`ALTER DATABASE ${database} OWNER TO ${quoteIdentifier(after.owner)}`]),
    ...(before.limit === after.limit ? [] : [`ALTER DATABASE ${database} CONNECTION LIMIT ${after.limit}`]),
    ...(before.tablespace === after.tablespace ? [] : [`ALTER DATABASE ${database} SET TABLESPACE ${quoteIdentifier(after.tablespace)}`]),
  ]
}

function creation(args: Settings): string {
  const named = (words: string, value: string): readonly string[] => (value === '' ? [] : [`${words} ${quoteIdentifier(value)}`])
  const literal = (words: string, value: string): readonly string[] => (value === '' ? [] : [`${words} ${quoteLiteral(value)}`])
  return [
    `CREATE DATABASE ${quoteIdentifier(args.name)}`, ...named('OWNER', args.owner), ...named('TEMPLATE', args.template), ...literal('ENCODING', args.encoding),
    ...literal('LC_COLLATE', args.lc_collate), ...literal('LC_CTYPE', args.lc_ctype), ...literal('ICU_LOCALE', args.icu_locale), ...literal('LOCALE_PROVIDER', args.locale_provider),
    ...named('TABLESPACE', args.tablespace), ...(args.conn_limit === '' ? [] : [`CONNECTION LIMIT ${Number(args.conn_limit)}`]),
  ].join(' ')
}
