import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { Json } from '../value/value.ts'
import { SESSION_ARGUMENTS, type ConnectionValues } from './postgresql/connection-arguments.ts'
import { predictedAway } from './postgresql/predicted-away.ts'
import { forgetRows } from './postgresql/read-rows.ts'
import { resolveLogin } from './postgresql/resolve-login.ts'
import { serverProblem } from './postgresql/server-problem.ts'
import { openSession, type Answer, type Execute, type Session } from './postgresql/session.ts'
import { namesOf } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'
import { typedRows } from './postgresql/typed-row.ts'
import { bindValues } from './sql/placeholders.ts'
import { refuseSuspicious } from './sql/refuse-suspicious.ts'

/** `community.postgresql.postgresql_query`. */
export const postgresqlQuery = defineAction({
  name: 'postgresql_query',
  aliases: namesOf('postgresql_query'),
  summary: 'Run SQL statements on a PostgreSQL server; in check mode they are run and rolled back.',
  where: 'host',
  check: 'predict',
  asksInEnvironment: true,
  args: {
    ...SESSION_ARGUMENTS,
    login_db: { type: 'str', aliases: ['db', 'database'], description: 'Database.' },
    query: { type: 'raw', required: true, description: 'A statement or a list of them.' },
    positional_args: { type: 'list', elements: 'raw', description: 'Values for `%s`, in order; lists become arrays.' },
    named_args: { type: 'dict', description: 'Values for `%(name)s`.' },
    autocommit: { type: 'bool', default: false, description: 'No transaction: needed for statements such as VACUUM. In check mode only statements that read are run then.' },
    encoding: { type: 'str', description: 'Encoding of the client; it must be one that the server knows, and has no effect: texts travel as UTF-8, and the server converts them.' },
    search_path: { type: 'list', elements: 'str', description: 'Schemas to look for names in.' },
  },
  constraints: { exclusive: [['positional_args', 'named_args']] },
  examples: [{ name: 'Look a console up', args: { login_db: 'account', query: 'SELECT zones FROM console WHERE console_id = %s', positional_args: ['devopscloud'] } }],
  run: (args, context) => runQueries({ args, context }, (session, work) => (args.autocommit ? work(session.execute) : session.transaction(work))),
  predict: async (args, context) => {
    if (args.autocommit && !queriesOf(args).every(isRead)) return { changed: true, unknown: true }
    return predictedAway(context.remote, () => runQueries({ args, context }, rolledBack))
  },
})

interface Values extends ConnectionValues {
  readonly query: Json
  readonly positional_args: readonly Json[] | undefined
  readonly named_args: Readonly<Record<string, Json>> | undefined
  readonly search_path: readonly string[] | undefined
  readonly login_db: string | undefined
  readonly encoding: string | undefined
}

interface Asked {
  readonly args: Values
  readonly context: ActionContext
}

function queriesOf({ query, positional_args: positional, named_args: named }: Values): readonly string[] {
  const values = { positional: positional?.map(asArray), named: named && Object.fromEntries(Object.entries(named).map(([name, value]) => [name, asArray(value)])) }
  return givenQueries({ query }).map((text) => bindValues(text, values, quoteLiteral))
}

function givenQueries({ query }: Pick<Values, 'query'>): readonly string[] {
  return Array.isArray(query) ? query.map(String) : [String(query)]
}

/** A list as the server reads arrays. */
function asArray(value: Json): Json {
  return Array.isArray(value) ? `{${value.map(arrayItem).join(', ')}}` : value
}

function arrayItem(item: Json): string {
  if (item === null) return 'NULL'
  if (Array.isArray(item)) return String(asArray(item))
  return typeof item === 'number' || typeof item === 'boolean' ? String(item) : JSON.stringify(typeof item === 'string' ? item : JSON.stringify(item))
}

type Within = <T>(session: Session, work: (execute: Execute) => Promise<T>) => Promise<T>

async function runQueries({ args, context: { remote } }: Asked, within: Within): Promise<ModuleResult> {
  refuseSuspicious({ ...args }, ['session_role'])
  const statements = queriesOf(args)
  const session = await openSession(remote, await resolveLogin(remote, args, args.login_db))
  if (args.encoding !== undefined) await refuseUnknownEncoding(args.encoding, session)
  const ran = await within(session, (execute) => runAll({ statements, searchPath: args.search_path }, execute))
  const changed = ran.some(({ answers }) => answers.some(isChange))
  if (changed) await forgetRows(remote)
  return { changed, fields: { ...fieldsOf(ran, statements), query_list: givenQueries(args) } }
}

async function refuseUnknownEncoding(encoding: string, session: Session): Promise<void> {
  const [row] = await session.rows(`SELECT pg_catalog.pg_char_to_encoding(${quoteLiteral(encoding)}) AS number`)
  if (row?.number === '-1') throw new ModuleFailure(`The server does not know the encoding ${encoding}`)
}

interface Ran {
  /** One for each statement that the text held. */
  readonly answers: readonly Answer[]
  readonly milliseconds: number
}

interface Statements {
  readonly statements: readonly string[]
  readonly searchPath: readonly string[] | undefined
}

async function runAll({ statements, searchPath }: Statements, execute: Execute): Promise<readonly Ran[]> {
  const ran: Ran[] = []
  // The session outlives the task, and a transaction may not be there to end the setting.
  if (searchPath !== undefined) await execute(`SET search_path TO ${searchPath.map(quoteIdentifier).join(', ')}`)
  try {
    for (const statement of statements) ran.push(await runOne(statement, execute))
  } finally {
    if (searchPath !== undefined) await execute('RESET search_path').catch(() => undefined)
  }
  return ran
}

async function runOne(statement: string, execute: Execute): Promise<Ran> {
  const begun = performance.now()
  try {
    return { answers: await execute(statement), milliseconds: Math.round((performance.now() - begun) * 1000) / 1000 }
  } catch (error) {
    const problem = serverProblem(error)
    if (problem === undefined) throw error
    const more = [problem.detail, problem.hint].filter((text) => text !== undefined).map((text) => `\n${text}`).join('')
    throw new ModuleFailure(`Cannot execute SQL: ${problem.message}${more}`, { sqlstate: problem.code })
  }
}

/** The answers are real, the changes are not. */
async function rolledBack<T>(session: Session, work: (execute: Execute) => Promise<T>): Promise<T> {
  const kept: { answers?: T } = {}
  await session.transaction(async (execute) => {
    kept.answers = await work(execute)
    throw new RolledBack()
  }).catch((error: unknown) => { if (!(error instanceof RolledBack)) throw error })
  return kept.answers as T
}

class RolledBack extends Error {}

const READS = new Set(['SELECT', 'SHOW', 'EXPLAIN', 'SET', 'BEGIN', 'COMMIT', 'VALUES'])
const ROWS = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])

const isRead = (statement: string): boolean => READS.has(/^\s*(\w+)/.exec(statement)?.[1]?.toUpperCase() ?? '')
const isChange = ({ command, count, tag }: Answer): boolean => (ROWS.has(command) ? count > 0 : !READS.has(command) || /^SELECT INTO/.test(tag))

function fieldsOf(ran: readonly Ran[], statements: readonly string[]): NonNullable<ModuleResult['fields']> {
  const last = ran.at(-1)?.answers.at(-1)
  return {
    query: statements.at(-1) ?? '',
    statusmessage: last?.tag ?? '',
    rowcount: ran.reduce((sum, { answers }) => sum + (answers.at(-1)?.count ?? 0), 0),
    query_result: resultOf(last),
    query_all_results: ran.map(({ answers }) => resultOf(answers.at(-1))),
    execution_time_ms: ran.map(({ milliseconds }) => milliseconds),
  }
}

/** Statements that return no table have an empty dict for their rows. */
function resultOf(answer: Answer | undefined): Json {
  return answer === undefined || answer.columns.length === 0 ? {} : typedRows(answer)
}
