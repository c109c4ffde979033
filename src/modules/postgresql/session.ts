import type { EventEmitter } from 'node:events'
import type { Client, QueryArrayResult } from 'pg'
import type { Remote, Resource } from '../../remote/remote.ts'
import { inTransaction } from '../sql/in-transaction.ts'
import { connect, type Connected } from './connect.ts'
import { describeLogin, type Login } from './login.ts'
import { serverProblem } from './server-problem.ts'

/** Values as the server prints them; undefined columns do not occur, NULL is null. */
export type Row = Readonly<Record<string, string | null>>

/** A cell as text; nothing for NULL and where there is no row. */
export function cell(row: Row | undefined, column: string): string {
  return row?.[column] ?? ''
}

/** What a statement gave. */
export interface Answer {
  readonly command: string
  /** What the server says of it: `INSERT 0 1`, `CREATE TABLE`. */
  readonly tag: string
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

/** The session of the run for a database, opened on first use. */
export async function openSession(remote: Remote, login: Login): Promise<Session> {
  const [session, all] = await Promise.all([remote.resource(keyOf(login), () => Promise.resolve(pooledSession(remote, login))), openSessions(remote)])
  all.set(session, login)
  return session
}

/** Lets go of a database that is to be dropped, renamed or copied: a server refuses that while anybody is in it. */
export async function leaveDatabase(remote: Remote, database: string): Promise<void> {
  const sessions = await openSessions(remote)
  await Promise.all([...sessions].map(async ([session, login]) => { if (login.database === database) await session.pause() }))
}

function openSessions(remote: Remote): Promise<Map<Session, Login>> {
  return remote.resource('postgresql-sessions', () => Promise.resolve({ value: new Map<Session, Login>(), dispose: () => Promise.resolve() }))
}

/** Sessions that differ in anything are not shared; the key is never shown. */
function keyOf(login: Login): string {
  const { password, role, encryption, parameters, peer } = login
  return `postgresql:${describeLogin(login)} ${JSON.stringify([password, role, encryption, parameters, peer])}`
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
    transaction: (work) => exclusively((execute) => inTransaction(execute, 'BEGIN', work)),
    pause: leave,
  }
  return { value: session, dispose: leave }
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
    const tags: string[] = []
    const hear = ({ text }: { readonly text: string }): void => { tags.push(text) }
    const { connection } = client as unknown as { readonly connection: EventEmitter }
    connection.on('commandComplete', hear)
    try {
      const results = await client.query({ text: sql, rowMode: 'array' }) as unknown as QueryArrayResult | QueryArrayResult[]
      return (Array.isArray(results) ? results : [results]).map((result, index) => answerOf(result, tags[index] ?? ''))
    } finally {
      connection.off('commandComplete', hear)
    }
  }
}

function answerOf({ command, rowCount, fields, rows }: QueryArrayResult, tag: string): Answer {
  const columns = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }))
  const named = (cells: readonly unknown[]): Row => Object.fromEntries(columns.map(({ name }, index) => [name, (cells[index] ?? null) as string | null]))
  return { command, tag, count: rowCount ?? 0, columns, rows: rows.map((cells) => named(cells as readonly unknown[])) }
}
