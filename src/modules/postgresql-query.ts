import { defineAction } from '../module/define-module.ts'
import type { ActionContext, ModuleResult } from '../module/module.ts'
import type { Json } from '../value/value.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { bindValues } from './postgresql/placeholders.ts'
import { asFailure } from './postgresql/server-problem.ts'
import { openSession, type Answer, type Execute, type Session } from './postgresql/session.ts'
import { typedRows } from './postgresql/typed-row.ts'

/** `community.postgresql.postgresql_query`. */
export const postgresqlQuery = defineAction({
  name: 'postgresql_query',
  aliases: ['community.postgresql.postgresql_query'],
  summary: 'Run SQL statements on a PostgreSQL server; in check mode they are run and rolled back.',
  where: 'host',
  check: 'predict',
  args: {
    ...LOGIN_ARGUMENTS,
    db: { type: 'str', default: 'postgres', aliases: ['login_db', 'database'], description: 'Database.' },
    query: { type: 'raw', required: true, description: 'A statement or a list of them.' },
    positional_args: { type: 'list', elements: 'raw', description: 'Values for `%s`, in order.' },
    named_args: { type: 'dict', description: 'Values for `%(name)s`.' },
    autocommit: { type: 'bool', default: false, description: 'No transaction: needed for statements such as VACUUM.' },
    search_path: { type: 'list', elements: 'str', description: 'Schemas to look for names in.' },
  },
  examples: [{ name: 'Look a console up', args: { db: 'account', query: 'SELECT zones FROM console WHERE console_id = %s', positional_args: ['devopscloud'] } }],
  run: (args, context) => runQueries(plan(args), context, (session, work) => (args.autocommit ? work(session.execute) : session.transaction(work))),
  predict: async (args, context) => (args.autocommit && !plan(args).statements.every(isRead) ? { changed: true, unknown: true } : runQueries(plan(args), context, rolledBack)),
})

interface Plan {
  readonly login: Login
  readonly statements: readonly string[]
  readonly setUp: readonly string[]
}

interface Values {
  readonly query: Json
  readonly positional_args: readonly unknown[] | undefined
  readonly named_args: Readonly<Record<string, unknown>> | undefined
  readonly search_path: readonly string[] | undefined
  readonly db: string
}

function plan(args: Values & Parameters<typeof loginOf>[0]): Plan {
  const queries = Array.isArray(args.query) ? args.query.map(String) : [String(args.query)]
  const setUp = args.search_path === undefined ? [] : [`SET LOCAL search_path TO ${args.search_path.map((name) => `"${name}"`).join(', ')}`]
  return { login: loginOf(args, args.db), setUp, statements: queries.map((query) => bindValues(query, { positional: args.positional_args, named: args.named_args })) }
}

type Within = <T>(session: Session, work: (execute: Execute) => Promise<T>) => Promise<T>

async function runQueries({ login, statements, setUp }: Plan, { remote }: ActionContext, within: Within): Promise<ModuleResult> {
  const session = await openSession(remote, login)
  try {
    const answers = await within(session, (execute) => runAll([...setUp, ...statements], execute))
    const wanted = answers.slice(setUp.length)
    const changed = wanted.some(isChange)
    if (changed) remote.forget()
    return { changed, fields: fieldsOf(wanted, statements) }
  } catch (error) {
    throw asFailure('run the query', error)
  }
}

async function runAll(statements: readonly string[], execute: Execute): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const statement of statements) answers.push(...await execute(statement))
  return answers
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
const isChange = ({ command, count }: Answer): boolean => (ROWS.has(command) ? count > 0 : !READS.has(command))

function fieldsOf(answers: readonly Answer[], statements: readonly string[]): NonNullable<ModuleResult['fields']> {
  const last = answers.at(-1)
  return {
    query: statements.at(-1) ?? '',
    query_list: statements,
    statusmessage: last === undefined ? '' : `${last.command} ${last.count}`,
    rowcount: answers.reduce((sum, { count }) => sum + count, 0),
    query_result: last === undefined ? [] : typedRows(last),
    query_all_results: answers.map(typedRows),
  }
}
