import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { Module } from '../../module/module.ts'
import { defineSqlModuleOn, StatementFailure, type SqlDriver, type SqlModule, type Statement } from '../sql/sql-module.ts'
import type { ConnectionValues } from './connection-arguments.ts'
import type { Login } from './login.ts'
import { predictedAway, PREDICTION } from './predicted-away.ts'
import { forgetRows, readRows } from './read-rows.ts'
import { resolveLogin } from './resolve-login.ts'
import { asFailure, serverProblem } from './server-problem.ts'
import { leaveDatabase, openSession, type Execute } from './session.ts'

export type { Ask, Statement } from '../sql/sql-module.ts'

const DRIVER: SqlDriver<Login> = {
  names: namesOf,
  resolve: (remote, args, database) => resolveLogin(remote, args as ConnectionValues, database),
  ask: readRows,
  perform: async (remote, login, { statements, alone }) => {
    const session = await openSession(remote, login)
    await (alone ? inOrder(statements, session.execute) : session.transaction((execute) => inOrder(statements, execute)))
  },
  leave: leaveDatabase,
  forget: forgetRows,
  asFailure: (error) => asFailure('look at the server', error),
  predictedAway,
  prediction: PREDICTION,
}

/** Declares a module of community.postgresql that keeps a piece of state by SQL. */
export function defineSqlModule<const Spec extends ArgumentSpec, State>(module: SqlModule<Spec, State, Login>): Module {
  return defineSqlModuleOn(DRIVER, module)
}

/** Full name, and the one of the time when the module was in community.general. */
export function namesOf(name: string): readonly string[] {
  return [`community.postgresql.${name}`, `community.general.${name}`]
}

async function inOrder(statements: readonly Statement[], execute: Execute): Promise<void> {
  for (const statement of statements) {
    try {
      await execute(typeof statement === 'string' ? statement : statement.sql)
    } catch (error) {
      const problem = serverProblem(error)
      if (problem === undefined) throw error
      const more = [problem.detail, problem.hint].filter((text) => text !== undefined).map((text) => `\n${text}`).join('')
      throw new StatementFailure(statement, { reason: problem.message, more, fields: { sqlstate: problem.code } })
    }
  }
}
