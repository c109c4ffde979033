import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkServerIdentity } from 'node:tls'
import type { Connection, ConnectionOptions, FieldPacket, ResultSetHeader } from 'mysql2/promise'
import { ConnectionError } from '../../connection/connection.ts'
import { ModuleFailure } from '../../module/module.ts'
import type { Remote, Resource } from '../../remote/remote.ts'
import { inTransaction } from '../sql/in-transaction.ts'
import { describeLogin, type Login } from './login.ts'

/** What a statement gave: rows with text for values, or how many were touched. */
export interface Answer {
  readonly rows: readonly Row[]
  readonly columns: readonly FieldPacket[]
  /** Rows returned or touched. */
  readonly count: number
  readonly isTable: boolean
  /** Of rows matched, how many are different now; of others, how many were touched. */
  readonly changed: number
}

export type Row = Readonly<Record<string, string | null>>

/** A session that lasts for the run. */
export interface Session {
  execute(sql: string): Promise<Answer>
  /** All that `work` does is done, or none of it, as far as the server can. */
  transaction<T>(work: (execute: Session['execute']) => Promise<T>): Promise<T>
  /** Logs in again at the next use. */
  renew(): Promise<void>
}

/** There is no server at the address, or it does not let us in. */
export class NoServerError extends ModuleFailure {}

/** The session of the run for a login, opened on first use. */
export async function openSession(remote: Remote, login: Login): Promise<Session> {
  const [session, all] = await Promise.all([remote.resource(`mysql:${JSON.stringify(login)}`, () => Promise.resolve(pooledSession(remote, login))), sessionsOf(remote)])
  all.add(session)
  return session
}

/** After a change: global privileges and variables only count for sessions that begin later. */
export async function renewSessions(remote: Remote): Promise<void> {
  remote.forget()
  await Promise.all([...await sessionsOf(remote)].map((session) => session.renew()))
}

function sessionsOf(remote: Remote): Promise<Set<Session>> {
  return remote.resource('mysql-sessions', () => Promise.resolve({ value: new Set<Session>(), dispose: () => Promise.resolve() }))
}

/** What the server said in an error; undefined for errors that did not come from a server. */
export function serverProblem(error: unknown): { readonly message: string, readonly number: number, readonly state: string } | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('sqlMessage' in error) || typeof error.sqlMessage !== 'string') return undefined
  return { message: error.sqlMessage, number: Number(error.errno), state: 'sqlState' in error ? String(error.sqlState) : '' }
}

/** Turns a server's answer into a failed task that repeats it; any other error stays what it is. */
export function asFailure(error: unknown): unknown {
  const problem = serverProblem(error)
  return problem === undefined ? error : new ModuleFailure(`(${problem.number}, "${problem.message}")`, { errno: problem.number, sqlstate: problem.state })
}

function pooledSession(remote: Remote, login: Login): Resource<Session> {
  let opened: Promise<Connection> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const connected = (): Promise<Connection> => (opened ??= connect(remote, login, () => { opened = undefined }).catch((error: unknown) => {
    opened = undefined
    throw error
  }))
  const exclusively = <T>(work: (execute: Session['execute']) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => work(executor(await connected())))
    last = turn.catch(() => undefined)
    return turn
  }
  const dispose = async (): Promise<void> => {
    const leaving = await opened?.catch(() => undefined)
    opened = undefined
    leaving?.destroy()
  }
  const session: Session = {
    execute: (sql) => exclusively((execute) => execute(sql)),
    transaction: (work) => exclusively((execute) => inTransaction(execute, 'START TRANSACTION', work)),
    renew: () => {
      const turn = last.then(dispose)
      last = turn.catch(() => undefined)
      return turn
    },
  }
  return { value: session, dispose }
}

function executor(connection: Connection): Session['execute'] {
  return async (sql) => {
    const [result, fields] = await connection.query(sql)
    if (Array.isArray(result)) return { rows: result as Row[], columns: fields, count: result.length, isTable: true, changed: 0 }
    const { affectedRows, changedRows, info } = result as ResultSetHeader & { readonly changedRows?: number }
    return { rows: [], columns: [], count: affectedRows, isTable: false, changed: /Rows matched/.test(info) ? changedRows ?? affectedRows : affectedRows }
  }
}

async function connect(remote: Remote, login: Login, onEnd: () => void): Promise<Connection> {
  const stream = await dial(remote, login)
  const { default: mysql } = await import('mysql2/promise')
  try {
    const connection = await mysql.createConnection(optionsOf(login, stream))
    // A connection lost while idle is opened again by the next use.
    connection.on('error', onEnd)
    stream.once('close', onEnd)
    for (const statement of login.first) await connection.query(statement)
    return connection
  } catch (error) {
    stream.destroy()
    throw new NoServerError(`unable to connect to database, check login_user and login_password are correct: Cannot log in to MySQL as ${describeLogin(login)}: ${messageOf(error)}`)
  }
}

/** The server knows by itself who is at the other end of its socket. */
const bySocket = () => () => Buffer.alloc(0)

function optionsOf(login: Login, stream: Duplex): ConnectionOptions {
  const { tls, target } = login
  return {
    // mysql2 would make a socket of its own, and this process may have no way to the server.
    stream: () => stream,
    user: login.user, connectTimeout: login.patience * 1000, charset: 'utf8mb4',
    ...(login.password === undefined ? {} : { password: login.password }), ...(login.database === undefined ? {} : { database: login.database }),
    authPlugins: { unix_socket: bySocket, auth_socket: bySocket },
    // All values stay as the server prints them.
    typeCast: (field) => (BINARY.has(field.type) ? field.buffer()?.toString('latin1') ?? null : field.string('utf8')),
    ...(tls === undefined ? {} : { ssl: tlsOptions(tls, target) }),
  } as ConnectionOptions
}

function tlsOptions(tls: NonNullable<Login['tls']>, target: Login['target']): NonNullable<ConnectionOptions['ssl']> {
  const checksName = (_: string, presented: Parameters<typeof checkServerIdentity>[1]): Error | undefined =>
    tls.checkName && target.kind === 'tcp' ? checkServerIdentity(target.host, presented) : undefined
  const options = { ...tls, rejectUnauthorized: tls.ca !== undefined, verifyIdentity: false, checkServerIdentity: checksName }
  return options as NonNullable<ConnectionOptions['ssl']>
}

const BINARY = new Set(['BIT', 'GEOMETRY'])

async function dial(remote: Remote, login: Login): Promise<Duplex> {
  const alarm = new AbortController()
  const late = sleep(login.patience * 1000, undefined, { signal: alarm.signal }).then(() => { throw new Error(`no answer for ${login.patience} s`) })
  const dialled = remote.dial(login.target)
  try {
    return await Promise.race([dialled, late])
  } catch (error) {
    dialled.then((stream) => stream.destroy(), () => undefined)
    if (error instanceof ConnectionError && error.kind === 'lost') throw error
    throw new NoServerError(`unable to connect to database, check login_user and login_password are correct: Cannot reach MySQL as ${describeLogin(login)}: ${messageOf(error)}`)
  } finally {
    late.catch(() => undefined)
    alarm.abort()
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
