import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, QueryArrayResult } from 'pg'
import { ConnectionError } from '../../connection/connection.ts'
import { ModuleFailure } from '../../module/module.ts'
import type { Remote, Resource } from '../../remote/remote.ts'
import { describeLogin, type Login } from './login.ts'
import { serverProblem } from './server-problem.ts'

/** Values as the server prints them; undefined columns do not occur, NULL is null. */
export type Row = Readonly<Record<string, string | null>>

/** What a statement gave. */
export interface Answer {
  readonly command: string
  /** Rows returned or touched. */
  readonly count: number
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column {
  readonly name: string
  /** Object identifier of its type. */
  readonly type: number
}

/** Runs SQL text, which may hold several statements: one answer each. */
export type Execute = (sql: string) => Promise<readonly Answer[]>

/** A database session that lasts for the run: one login a database, however many tasks use it. */
export interface Session {
  /** Rows of one SELECT. Those asked for in the same tick travel together. */
  rows(sql: string): Promise<readonly Row[]>
  /** Statements outside of a transaction of ours. */
  execute: Execute
  /** All that `work` does is done, or none of it. */
  transaction<T>(work: (execute: Execute) => Promise<T>): Promise<T>
  /** Lets go of the server for now; the next use logs in again. */
  pause(): Promise<void>
}

/** There is no server at the address, or it does not let us in. */
export class NoServerError extends ModuleFailure {}

/** The session of the run for a database, opened on first use. */
export function openSession(remote: Remote, login: Login): Promise<Session> {
  return remote.resource(`postgresql:${describeLogin(login)}`, () => Promise.resolve(pooledSession(remote, login)))
}

function pooledSession(remote: Remote, login: Login): Resource<Session> {
  let client: Promise<Connected> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const connected = (): Promise<Connected> => (client ??= connect(remote, login, () => { client = undefined }).catch((error: unknown) => {
    client = undefined
    throw error
  }))
  const exclusively = <T>(work: (execute: Execute) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => work(executor((await connected()).client)))
    last = turn.catch(() => undefined)
    return turn
  }
  const leave = async (): Promise<void> => {
    const leaving = client
    client = undefined
    await (await leaving?.catch(() => undefined))?.leave()
  }
  const session: Session = {
    rows: batched(exclusively),
    execute: (sql) => exclusively((execute) => execute(sql)),
    transaction: (work) => exclusively((execute) => inTransaction(execute, work)),
    pause: leave,
  }
  return { value: session, dispose: leave }
}

async function inTransaction<T>(execute: Execute, work: (execute: Execute) => Promise<T>): Promise<T> {
  await execute('BEGIN')
  try {
    const result = await work(execute)
    await execute('COMMIT')
    return result
  } catch (error) {
    // A lost connection cannot roll back: the server does so itself.
    await execute('ROLLBACK').catch(() => undefined)
    throw error
  }
}

interface Question {
  readonly sql: string
  readonly answer: (rows: readonly Row[]) => void
  readonly refuse: (error: unknown) => void
}

function batched(exclusively: <T>(work: (execute: Execute) => Promise<T>) => Promise<T>): Session['rows'] {
  let questions: Question[] = []
  const flush = (): void => {
    const batch = questions
    questions = []
    exclusively((execute) => answerAll(execute, batch)).catch((error: unknown) => { for (const { refuse } of batch) refuse(error) })
  }
  return (sql) => new Promise((answer, refuse) => {
    if (questions.length === 0) setImmediate(flush)
    questions.push({ sql, answer, refuse })
  })
}

/** One round trip when all are right; one each when one of them is wrong, so that the error goes to the task that asked. */
async function answerAll(execute: Execute, batch: readonly Question[]): Promise<void> {
  try {
    const answers = await execute(batch.map(({ sql }) => sql).join(';\n'))
    batch.forEach(({ answer }, index) => { answer(answers[index]?.rows ?? []) })
  } catch (error) {
    if (serverProblem(error) === undefined) throw error
    for (const { sql, answer, refuse } of batch) await execute(sql).then((answers) => { answer(answers[0]?.rows ?? []) }, refuse)
  }
}

function executor(client: Client): Execute {
  return async (sql) => {
    const results = await client.query({ text: sql, rowMode: 'array' }) as unknown as QueryArrayResult | QueryArrayResult[]
    return (Array.isArray(results) ? results : [results]).map(answerOf)
  }
}

function answerOf({ command, rowCount, fields, rows }: QueryArrayResult): Answer {
  const columns = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }))
  const named = (cells: readonly unknown[]): Row => Object.fromEntries(columns.map(({ name }, index) => [name, (cells[index] ?? null) as string | null]))
  return { command, count: rowCount ?? 0, columns, rows: rows.map((cells) => named(cells as readonly unknown[])) }
}

/** Seconds for a server to let us in. */
const PATIENCE = 20

interface Connected {
  readonly client: Client
  leave(): Promise<void>
}

async function connect(remote: Remote, login: Login, onEnd: () => void): Promise<Connected> {
  const stream = await dial(remote, login)
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    // pg would make a socket of its own, and this process may have no way to the server.
    stream: () => asSocket(stream),
    user: login.user, database: login.database, ssl: false, application_name: 'tsplay', connectionTimeoutMillis: PATIENCE * 1000,
    ...(login.password === undefined ? {} : { password: login.password }),
    // All values stay as the server prints them.
    types: { getTypeParser: () => (text: string) => text },
  })
  // A connection lost while idle is opened again by the next use.
  client.on('error', onEnd)
  client.on('end', onEnd)
  try {
    await client.connect()
  } catch (error) {
    stream.destroy()
    throw new NoServerError(`Cannot log in to PostgreSQL as ${describeLogin(login)}: ${messageOf(error)}`)
  }
  return { client, leave: () => leave(client, stream) }
}

/** Seconds for a server to see us off: one that is gone never does. */
const FAREWELL = 2

async function leave(client: Client, stream: Duplex): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), sleep(FAREWELL * 1000, undefined, { ref: false })])
  stream.destroy()
}

async function dial(remote: Remote, login: Login): Promise<Duplex> {
  try {
    return await inTime(remote.dial(login.target))
  } catch (error) {
    if (error instanceof ConnectionError && error.kind === 'lost') throw error
    throw new NoServerError(`Cannot reach PostgreSQL as ${describeLogin(login)}: ${messageOf(error)}`)
  }
}

/** A server whose machine is gone does not even refuse. */
async function inTime(dialled: Promise<Duplex>): Promise<Duplex> {
  const alarm = new AbortController()
  const late = sleep(PATIENCE * 1000, undefined, { signal: alarm.signal }).then(() => { throw new Error(`no answer for ${PATIENCE} s`) })
  try {
    return await Promise.race([dialled, late])
  } catch (error) {
    dialled.then((stream) => stream.destroy(), () => undefined)
    throw error
  } finally {
    late.catch(() => undefined)
    alarm.abort()
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `pg` speaks to a `net.Socket`: what it uses of one, over any stream that is connected already. */
function asSocket(stream: Duplex): Duplex {
  const self = (): Duplex => stream
  return Object.assign(stream, { setNoDelay: self, setKeepAlive: self, ref: self, unref: self, connect: () => { queueMicrotask(() => stream.emit('connect')) } })
}
