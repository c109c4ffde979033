import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { Module } from '../../module/module.ts'
import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import type { Effects } from '../../remote/write.ts'
import { predictedAwayOf } from '../sql/predicted-away.ts'
import { defineSqlModuleOn, StatementFailure, type SqlDriver, type SqlModule } from '../sql/sql-module.ts'
import type { ConnectionValues } from './connection-arguments.ts'
import { resolveLogin, type Login } from './login.ts'
import { asFailure, NoServerError, openSession, renewSessions, serverProblem } from './session.ts'

/** Says nothing; but in check mode it is unknown once something of the server or its programs is predicted to be different. */
const UNTOUCHED: Probe<true> = { kind: 'script', key: 'mysql-untouched', script: ':', parse: () => true, readsPaths: ['/etc/mysql', '/var/lib/mysql', '/usr'] }

const DRIVER: SqlDriver<Login> = {
  names: namesOf,
  resolve: (remote, args, database) => loginFor(remote, args as ConnectionValues, database),
  ask: async (remote, login, sql) => (await (await openSession(remote, login)).execute(sql)).rows,
  perform: async (remote, login, { statements }) => {
    const session = await openSession(remote, login)
    for (const statement of statements) {
      await session.execute(typeof statement === 'string' ? statement : statement.sql).catch((error: unknown) => {
        const problem = serverProblem(error)
        throw problem === undefined ? error : new StatementFailure(statement, { reason: problem.message, fields: { errno: problem.number, sqlstate: problem.state } })
      })
    }
  },
  leave: () => Promise.resolve(),
  forget: renewSessions,
  asFailure,
  predictedAway: predictedAwayOf({ untouched: UNTOUCHED, serverProblem }),
  prediction: predictedKeys(),
}

/** Declares a module of community.mysql that keeps a piece of state by SQL. */
export function defineSqlModule<const Spec extends ArgumentSpec, State>(module: SqlModule<Spec, State, Login>): Module {
  return defineSqlModuleOn(DRIVER, module)
}

/** Full name, and the one of the time when the module was in community.general. */
export function namesOf(name: string): readonly string[] {
  return [`community.mysql.${name}`, `community.general.${name}`]
}

/** The login of the arguments; or, where that is to be tried first, that of root without a password. */
export async function loginFor(remote: Remote, args: ConnectionValues & { readonly check_implicit_admin?: boolean }, database: string | undefined): Promise<Login> {
  const login = await resolveLogin(remote, args, database)
  if (args.check_implicit_admin !== true) return login
  const admin = { ...login, user: 'root', password: undefined }
  try {
    await (await openSession(remote, admin)).execute('SELECT 1')
    return admin
  } catch (error) {
    if (error instanceof NoServerError) return login
    throw error
  }
}

function predictedKeys(): Effects {
  return { keys: ['mysql-untouched*'] }
}
