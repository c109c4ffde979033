import type { ArgumentsOf, ArgumentSpec } from '../../module/argument-spec.ts'
import { defineModule } from '../../module/define-module.ts'
import { ModuleFailure, type Change, type Constraints, type Example, type Module, type Undo } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import type { ConnectionValues } from './connection-arguments.ts'
import { refuseSuspicious } from './connection-arguments.ts'
import type { Login } from './login.ts'
import { predictedAway, PREDICTION } from './predicted-away.ts'
import { forgetRows, readRows } from './read-rows.ts'
import { resolveLogin } from './resolve-login.ts'
import { asFailure, serverProblem } from './server-problem.ts'
import { leaveDatabase, openSession, type Row, type Session } from './session.ts'

/** One statement; with what is shown instead of it where it holds a secret. */
export type Statement = string | { readonly sql: string, readonly shown: string }

/** Rows of one SELECT. Those asked for in the same tick travel together. */
export type Ask = (sql: string) => Promise<readonly Row[]>

/** A module that keeps something of a database so, by statements that follow from how it is and how it shall be. */
export interface SqlModule<Spec extends ArgumentSpec, State> {
  readonly name: string
  readonly summary: string
  readonly args: Spec
  readonly constraints?: Constraints
  readonly examples: readonly Example[]
  /** Database to log in to. */
  readonly database: (args: ArgumentsOf<Spec>) => string | undefined
  /** Arguments whose texts are looked at when `trust_input` is false. */
  readonly inputs: readonly string[]
  readonly look: (args: ArgumentsOf<Spec>, ask: Ask) => Promise<State>
  /** How it shall be. Throws `ModuleFailure` when that cannot be. */
  readonly aim: (args: ArgumentsOf<Spec>, before: State) => State
  /** What makes the one of the other; nothing when they are the same. */
  readonly statements: (change: { readonly before: State, readonly after: State }, args: ArgumentsOf<Spec>) => readonly Statement[]
  /** The statements cannot be in a transaction. */
  readonly alone?: boolean
  /** What is done instead of statements, for some arguments: it is done every time, and tells of itself. */
  readonly program?: {
    readonly wanted: (args: ArgumentsOf<Spec>) => boolean
    readonly run: (args: ArgumentsOf<Spec>, login: Login, remote: Remote) => Promise<JsonObject>
  }
  /** Databases that nobody may be in while it is done. */
  readonly deserted?: (args: ArgumentsOf<Spec>) => readonly string[]
  /** Whether a server that refuses is left alone. */
  readonly tolerates?: (args: ArgumentsOf<Spec>) => boolean
  /** What is said when the server refuses a statement. */
  readonly onFailure?: (args: ArgumentsOf<Spec>, reason: string) => string | undefined
  readonly result?: (args: ArgumentsOf<Spec>, state: State) => JsonObject
  /** Fields that only the change tells. */
  readonly fields?: (change: { readonly before: State, readonly after: State }, args: ArgumentsOf<Spec>) => JsonObject
  /** Field of the result that lists the statements; default: `queries`. */
  readonly queriesField?: string
  readonly undo: Undo | ((args: ArgumentsOf<Spec>, change: Change<State>) => Undo)
}

/** Declares a module of community.postgresql that keeps a piece of state by SQL. */
export function defineSqlModule<const Spec extends ArgumentSpec, State>(module: SqlModule<Spec, State>): Module {
  const { name, summary, args, constraints, examples, undo } = module
  const queries = module.queriesField ?? 'queries'
  return defineModule<Spec, ArgumentsOf<Spec>, State>({
    name, aliases: namesOf(name), summary, args, examples, undo, ...(constraints === undefined ? {} : { constraints }),
    asksInEnvironment: true, reachesOthers: true,
    prepare: (given) => {
      refuseSuspicious(given, ['session_role', ...module.inputs])
      return Promise.resolve(given)
    },
    observe: (given, remote) => predictedAway(remote, async () => {
      const login = await resolveLogin(remote, given as unknown as ConnectionValues, module.database(given))
      const state = await module.look(given, (sql) => readRows(remote, login, sql)).catch((error: unknown) => { throw asFailure('look at the server', error) })
      module.aim(given, state)
      return state
    }),
    diff: (given, before): Change<State> | undefined => {
      const after = module.aim(given, before)
      const statements = module.statements({ before, after }, given)
      if (module.program?.wanted(given) === true) return { before, after, diff: [] }
      return statements.length === 0 ? undefined : { before, after, fields: { [queries]: statements.map(shownText), ...module.fields?.({ before, after }, given) } }
    },
    apply: async (given, change, remote) => {
      const login = await resolveLogin(remote, given as unknown as ConnectionValues, module.database(given))
      if (module.program?.wanted(given) === true) return module.program.run(given, login, remote)
      const statements = module.statements(change, given)
      const deserted = module.deserted?.(given) ?? []
      await Promise.all(deserted.map((database) => leaveDatabase(remote, database)))
      const session = await openSession(remote, login)
      const tolerates = module.tolerates?.(given) === true
      try {
        await perform(statements, session, module.alone === true)
      } catch (error) {
        if (tolerates && error instanceof StatementFailure) return { ...module.result?.(given, change.before) }
        throw inWordsOf(module, given, error)
      } finally {
        await forgetRows(remote)
      }
      return undefined
    },
    result: (given, state) => ({ [queries]: [], ...module.result?.(given, state) }),
    effects: () => PREDICTION,
  })
}

function inWordsOf<Spec extends ArgumentSpec, State>({ onFailure }: SqlModule<Spec, State>, args: ArgumentsOf<Spec>, error: unknown): unknown {
  const words = error instanceof StatementFailure ? onFailure?.(args, error.reason) : undefined
  return words === undefined ? error : new ModuleFailure(words)
}

/** Full name, and the one of the time when the module was in community.general. */
export function namesOf(name: string): readonly string[] {
  return [`community.postgresql.${name}`, `community.general.${name}`]
}

/** The server refused a statement. */
class StatementFailure extends ModuleFailure {
  readonly reason: string

  constructor(reason: string, message: string, fields: JsonObject) {
    super(message, fields)
    this.reason = reason
  }
}

const shownText = (statement: Statement): string => (typeof statement === 'string' ? statement : statement.shown)

function perform(statements: readonly Statement[], session: Session, alone: boolean): Promise<void> {
  return alone ? inOrder(statements, session.execute) : session.transaction((execute) => inOrder(statements, execute))
}

async function inOrder(statements: readonly Statement[], execute: (sql: string) => Promise<unknown>): Promise<void> {
  for (const statement of statements) {
    try {
      await execute(typeof statement === 'string' ? statement : statement.sql)
    } catch (error) {
      const problem = serverProblem(error)
      if (problem === undefined) throw error
      const more = [problem.detail, problem.hint].filter((text) => text !== undefined).map((text) => `\n${text}`).join('')
      throw new StatementFailure(problem.message, `Cannot execute SQL '${shownText(statement)}': ${problem.message}${more}`, { sqlstate: problem.code })
    }
  }
}

