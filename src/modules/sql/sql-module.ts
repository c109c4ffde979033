import type { ArgumentsOf, ArgumentSpec } from '../../module/argument-spec.ts'
import { defineModule } from '../../module/define-module.ts'
import { ModuleFailure, type Change, type Constraints, type Example, type Module, type Undo } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import type { Effects } from '../../remote/write.ts'
import type { JsonObject } from '../../value/value.ts'
import { refuseSuspicious } from './refuse-suspicious.ts'

/** A row as text; NULL is null. */
type Row = Readonly<Record<string, string | null>>

/** One statement; with what is shown instead of it where it holds a secret. */
export type Statement = string | { readonly sql: string, readonly shown: string }

/** Rows of one SELECT. Those asked for in the same tick travel together. */
export type Ask = (sql: string) => Promise<readonly Row[]>

/** A module that keeps something of a database so, by statements that follow from how it is and how it shall be. */
export interface SqlModule<Spec extends ArgumentSpec, State, Login> {
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
  readonly onFailure?: (args: ArgumentsOf<Spec>, failure: StatementFailure) => string | undefined
  readonly result?: (args: ArgumentsOf<Spec>, state: State) => JsonObject
  /** Fields that only the change tells. */
  readonly fields?: (change: { readonly before: State, readonly after: State }, args: ArgumentsOf<Spec>) => JsonObject
  /** Field of the result that lists the statements; default: `queries`. */
  readonly queriesField?: string
  readonly undo: Undo | ((args: ArgumentsOf<Spec>, change: Change<State>) => Undo)
}

/** What a kind of server needs of its own. */
export interface SqlDriver<Login> {
  /** Full names of a module. */
  readonly names: (name: string) => readonly string[]
  /** Where and how to log in, from the arguments of a module and what is on the host. */
  readonly resolve: (remote: Remote, args: unknown, database: string | undefined) => Promise<Login>
  /** Rows of a SELECT, kept as long as nothing changes. */
  readonly ask: (remote: Remote, login: Login, sql: string) => Promise<readonly Row[]>
  /** Runs statements in order, in a transaction unless they are to be alone. Rejects with a `StatementFailure`. */
  readonly perform: (remote: Remote, login: Login, work: Work) => Promise<void>
  /** Lets go of a database, so that it can be dropped. */
  readonly leave: (remote: Remote, database: string) => Promise<void>
  /** After a change. */
  readonly forget: (remote: Remote) => Promise<void>
  /** Turns what a server said into a failure; any other error stays what it is. */
  readonly asFailure: (error: unknown) => unknown
  /** In check mode: what is missing because an earlier task would have made it is unknown. */
  readonly predictedAway: <T>(remote: Remote, look: () => Promise<T>) => Promise<T>
  readonly prediction: Effects
}

export interface Work {
  readonly statements: readonly Statement[]
  readonly alone: boolean
}

/** Declares a module that keeps a piece of state by SQL. */
export function defineSqlModuleOn<const Spec extends ArgumentSpec, State, Login>(driver: SqlDriver<Login>, module: SqlModule<Spec, State, Login>): Module {
  const { name, summary, args, constraints, examples, undo } = module
  const queries = module.queriesField ?? 'queries'
  return defineModule<Spec, ArgumentsOf<Spec>, State>({
    name, aliases: driver.names(name), summary, args, examples, undo, ...(constraints === undefined ? {} : { constraints }),
    asksInEnvironment: true, reachesOthers: true,
    prepare: (given) => {
      refuseSuspicious(given, ['session_role', ...module.inputs])
      return Promise.resolve(given)
    },
    observe: (given, remote) => driver.predictedAway(remote, async () => {
      const login = await driver.resolve(remote, given, module.database(given))
      const state = await module.look(given, (sql) => driver.ask(remote, login, sql)).catch((error: unknown) => { throw driver.asFailure(error) })
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
      const login = await driver.resolve(remote, given, module.database(given))
      if (module.program?.wanted(given) === true) return module.program.run(given, login, remote)
      const deserted = module.deserted?.(given) ?? []
      await Promise.all(deserted.map((database) => driver.leave(remote, database)))
      const tolerates = module.tolerates?.(given) === true
      try {
        await driver.perform(remote, login, { statements: module.statements(change, given), alone: module.alone === true })
      } catch (error) {
        if (tolerates && error instanceof StatementFailure) return { ...module.result?.(given, change.before) }
        throw inWordsOf(module, given, error)
      } finally {
        await driver.forget(remote)
      }
      return undefined
    },
    // What a program is told is known once it runs.
    result: (given, state) => ({ ...module.program?.wanted(given) === true ? {} : { [queries]: [] }, ...module.result?.(given, state) }),
    effects: () => driver.prediction,
  })
}

function inWordsOf<Spec extends ArgumentSpec, State, Login>({ onFailure }: SqlModule<Spec, State, Login>, args: ArgumentsOf<Spec>, error: unknown): unknown {
  const words = error instanceof StatementFailure ? onFailure?.(args, error) : undefined
  return words === undefined ? error : new ModuleFailure(words)
}

/** The server refused a statement. */
export class StatementFailure extends ModuleFailure {
  readonly reason: string
  /** The statement as it is shown. */
  readonly statement: string

  constructor(statement: Statement, { reason, more = '', fields }: { readonly reason: string, readonly more?: string, readonly fields: JsonObject }) {
    super(`Cannot execute SQL '${shownText(statement)}': ${reason}${more}`, fields)
    this.reason = reason
    this.statement = shownText(statement)
  }
}

/** A statement as it is shown. */
function shownText(statement: Statement): string {
  return typeof statement === 'string' ? statement : statement.shown
}
