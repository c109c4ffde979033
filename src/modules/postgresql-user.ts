import { createHash } from 'node:crypto'
import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { readRows } from './postgresql/read-rows.ts'
import { asFailure } from './postgresql/server-problem.ts'
import { openSession, type Row } from './postgresql/session.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface Wanted {
  readonly login: Login
  readonly name: string
  readonly state: 'present' | 'absent'
  readonly password: string | undefined
  readonly flags: readonly string[]
}

interface State {
  readonly present: boolean
  /** Attributes such as SUPERUSER or NOLOGIN; the password only as whether it is the wanted one. */
  readonly flags: readonly string[]
  readonly password: 'as wanted' | 'another'
}

/** `community.postgresql.postgresql_user`. Passwords are stored as md5, or as given when they are hashed already. */
export const postgresqlUser = defineModule({
  name: 'postgresql_user',
  aliases: ['community.postgresql.postgresql_user'],
  summary: 'Ensure a PostgreSQL role is there with given attributes and password, or is not.',
  args: {
    ...LOGIN_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['user'], description: 'Role.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', description: 'Whether it is there.' },
    password: { type: 'str', secret: true, description: 'Its password.' },
    role_attr_flags: { type: 'str', default: '', description: 'Attributes separated by commas: SUPERUSER, NOCREATEDB, REPLICATION ...' },
    db: { type: 'str', default: 'postgres', aliases: ['login_db'], description: 'Database to log in to.' },
  },
  examples: [{ name: 'For streaming', args: { name: 'replica', role_attr_flags: 'REPLICATION,LOGIN' } }],
  prepare: async (args): Promise<Wanted> => ({ login: loginOf(args, args.db), name: args.name, state: args.state, password: args.password, flags: args.role_attr_flags.split(',').map((flag) => flag.trim().toUpperCase()).filter((flag) => flag !== '') }),
  observe: async (wanted, remote): Promise<State> => {
    const [row] = await readRows(remote, wanted.login, `SELECT ${Object.entries(COLUMNS).map(([flag, column]) => `${column} AS ${quoteIdentifier(flag)}`).join(', ')}, rolpassword AS password FROM pg_catalog.pg_authid WHERE rolname = ${quoteLiteral(wanted.name)}`)
    return stateOf(wanted, row)
  },
  diff: (wanted, before): Change<State> | undefined => {
    const after = stateAfter(wanted, before)
    return JSON.stringify(after) === JSON.stringify(before) ? undefined : { before, after }
  },
  apply: async (wanted, { before }, remote) => {
    const session = await openSession(remote, wanted.login)
    try {
      await session.execute(statement(wanted, before))
    } catch (error) {
      throw asFailure(`make role ${wanted.name} ${wanted.state}`, error)
    } finally {
      remote.forget()
    }
    return undefined
  },
  result: ({ name }) => ({ user: name }),
  effects: () => ({}),
  undo: { impossible: 'The password that it had is not known' },
})

const COLUMNS: Readonly<Record<string, string>> = { SUPERUSER: 'rolsuper', CREATEDB: 'rolcreatedb', CREATEROLE: 'rolcreaterole', INHERIT: 'rolinherit', LOGIN: 'rolcanlogin', REPLICATION: 'rolreplication', BYPASSRLS: 'rolbypassrls' }

function stateOf({ name, password }: Wanted, row: Row | undefined): State {
  if (row === undefined) return { present: false, flags: [], password: 'another' }
  const flags = Object.keys(COLUMNS).map((flag) => (row[flag] === 't' ? flag : `NO${flag}`))
  return { present: true, flags, password: password === undefined || row.password === stored(name, password) ? 'as wanted' : 'another' }
}

const stored = (name: string, password: string): string => (/^(?:md5[0-9a-f]{32}|SCRAM-SHA-256\$)/.test(password) ? password : `md5${createHash('md5').update(password + name).digest('hex')}`)

function stateAfter({ state, flags }: Wanted, before: State): State {
  if (state === 'absent') return { present: false, flags: [], password: 'another' }
  const known = before.present ? before.flags : Object.keys(COLUMNS).map((flag) => (flag === 'INHERIT' || flag === 'LOGIN' ? flag : `NO${flag}`))
  const bare = (flag: string): string => flag.replace(/^NO/, '')
  return { present: true, flags: known.map((flag) => flags.find((wanted) => bare(wanted) === bare(flag)) ?? flag), password: 'as wanted' }
}

function statement({ name, state, password, flags }: Wanted, before: State): string {
  if (state === 'absent') return `DROP ROLE ${quoteIdentifier(name)}`
  const verb = before.present ? 'ALTER' : 'CREATE'
  const words = [...(before.present ? [] : ['LOGIN']), ...flags].filter((flag) => Object.hasOwn(COLUMNS, flag.replace(/^NO/, '')))
  return `${verb} ROLE ${quoteIdentifier(name)} WITH ${words.join(' ')}${password === undefined ? '' : ` PASSWORD ${quoteLiteral(stored(name, password))}`}`
}
