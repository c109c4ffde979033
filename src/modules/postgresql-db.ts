import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { readRows } from './postgresql/read-rows.ts'
import { asFailure } from './postgresql/server-problem.ts'
import { openSession } from './postgresql/session.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface Wanted {
  readonly login: Login
  readonly name: string
  readonly state: 'present' | 'absent'
  readonly owner: string | undefined
  readonly encoding: string | undefined
  readonly template: string | undefined
  readonly lc_collate: string | undefined
  readonly lc_ctype: string | undefined
}

interface State {
  readonly owner: string | undefined
}

/** `community.postgresql.postgresql_db`, without dump and restore. */
export const postgresqlDb = defineModule({
  name: 'postgresql_db',
  aliases: ['community.postgresql.postgresql_db'],
  summary: 'Ensure a PostgreSQL database is there, or is not.',
  args: {
    ...LOGIN_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['db'], description: 'Database.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', description: 'Whether it is there.' },
    owner: { type: 'str', description: 'Role that owns it.' },
    encoding: { type: 'str', description: 'Encoding of a new one.' },
    template: { type: 'str', description: 'Database that a new one is copied from.' },
    lc_collate: { type: 'str', description: 'Order of texts in a new one.' },
    lc_ctype: { type: 'str', description: 'Classes of characters in a new one.' },
    maintenance_db: { type: 'str', default: 'postgres', description: 'Database to log in to.' },
  },
  examples: [{ name: 'A database', args: { name: 'billing', owner: 'yunify' } }],
  prepare: async (args): Promise<Wanted> => ({ ...args, login: loginOf(args, args.maintenance_db) }),
  observe: async ({ login, name }, remote): Promise<State> => {
    const [row] = await readRows(remote, login, `SELECT pg_get_userbyid(datdba) AS owner FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(name)}`)
    return { owner: row?.owner ?? undefined }
  },
  diff: ({ state, owner }, before): Change<State> | undefined => {
    const after = state === 'absent' ? undefined : owner ?? before.owner ?? '(the login)'
    return after === before.owner ? undefined : { before, after: { owner: after } }
  },
  apply: async (wanted, { before }, remote) => {
    const session = await openSession(remote, wanted.login)
    try {
      await session.execute(statement(wanted, before))
    } catch (error) {
      throw asFailure(`make database ${wanted.name} ${wanted.state}`, error)
    } finally {
      remote.forget()
    }
    return undefined
  },
  result: ({ name }) => ({ db: name }),
  effects: () => ({}),
  undo: { impossible: 'What a database held is not kept' },
})

function statement(wanted: Wanted, before: State): string {
  const name = quoteIdentifier(wanted.name)
  if (wanted.state === 'absent') return `DROP DATABASE ${name}`
  if (before.owner !== undefined) return `ALTER DATABASE ${name} OWNER TO ${quoteIdentifier(wanted.owner ?? '')}`
  const options = [
    ...(wanted.owner === undefined ? [] : [`OWNER ${quoteIdentifier(wanted.owner)}`]),
    ...(wanted.template === undefined ? [] : [`TEMPLATE ${quoteIdentifier(wanted.template)}`]),
    ...(wanted.encoding === undefined ? [] : [`ENCODING ${quoteLiteral(wanted.encoding)}`]),
    ...(wanted.lc_collate === undefined ? [] : [`LC_COLLATE ${quoteLiteral(wanted.lc_collate)}`]),
    ...(wanted.lc_ctype === undefined ? [] : [`LC_CTYPE ${quoteLiteral(wanted.lc_ctype)}`]),
  ]
  return `CREATE DATABASE ${name} ${options.join(' ')}`
}
