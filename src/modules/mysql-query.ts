import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { CONNECTION_ARGUMENTS, type ConnectionValues } from './mysql/connection-arguments.ts'
import { asFailure, openSession, renewSessions, type Answer, type Session } from './mysql/session.ts'
import { loginFor, namesOf } from './mysql/sql-module.ts'
import { quoteLiteral } from './mysql/sql-text.ts'
import { typedRow } from './mysql/typed-row.ts'
import { bindValues } from './sql/placeholders.ts'

/** `community.mysql.mysql_query`. */
export const mysqlQuery = defineAction({
  name: 'mysql_query',
  aliases: namesOf('mysql_query'),
  summary: 'Run SQL statements on a MySQL or MariaDB server.',
  where: 'host', check: 'predict', asksInEnvironment: true,
  args: {
    ...CONNECTION_ARGUMENTS,
    query: { type: 'raw', required: true, description: 'A statement or a list of them.' },
    positional_args: { type: 'list', elements: 'raw', description: 'Values for `%s`, in order.' },
    named_args: { type: 'dict', description: 'Values for `%(name)s`.' },
    login_db: { type: 'str', description: 'Database.' },
    single_transaction: { type: 'bool', default: false, description: 'All statements or none; statements that change tables themselves commit all the same.' },
    session_vars: { type: 'dict', description: 'Variables of the session.' },
  },
  constraints: { exclusive: [['positional_args', 'named_args']] },
  examples: [{ name: 'Look an account up', args: { login_db: 'market', query: 'SELECT id FROM account WHERE name = %s', positional_args: ['alice'] } }],
  run: (args, context) => runQueries(args, context),
  predict: async (args, context) => (queriesOf(args).every(isRead) ? runQueries(args, context) : { changed: true, unknown: true }),
})

interface Values extends ConnectionValues {
  readonly query: Json
  readonly positional_args: readonly Json[] | undefined
  readonly named_args: Readonly<Record<string, Json>> | undefined
  readonly login_db: string | undefined
  readonly single_transaction: boolean
}

function queriesOf({ query, positional_args: positional, named_args: named }: Values): readonly string[] {
  if (typeof query !== 'string' && !Array.isArray(query)) throw new ModuleFailure('the query option value must be a string or list')
  const queries = Array.isArray(query) ? query : [query]
  if (queries.some((text) => typeof text !== 'string')) throw new ModuleFailure('the elements in query list must be strings')
  return queries.map((text) => bindValues(String(text), { positional, named }, quoteLiteral))
}

interface Ran {
  readonly answer: Answer
  readonly milliseconds: number
}

async function runQueries(args: Values, { remote }: ActionContext): Promise<ModuleResult> {
  const statements = queriesOf(args)
  const session = await openSession(remote, await loginFor(remote, args, args.login_db))
  try {
    const ran = args.single_transaction ? await session.transaction((execute) => runAll(statements, execute)) : await runAll(statements, session.execute)
    const changed = ran.some(({ answer }, index) => isChange(statements[index] ?? '', answer))
    if (changed) await renewSessions(remote)
    return { changed, fields: fieldsOf(ran, statements) }
  } catch (error) {
    throw asFailure(error)
  }
}

async function runAll(statements: readonly string[], execute: Session['execute']): Promise<readonly Ran[]> {
  const ran: Ran[] = []
  for (const statement of statements) {
    const begun = performance.now()
    const answer = await execute(statement)
    ran.push({ answer, milliseconds: Math.round((performance.now() - begun) * 1000) / 1000 })
  }
  return ran
}

const READS = /^[\s(]*(?:select|show|explain|describe|desc|use|set|with)\b/i
const isRead = (statement: string): boolean => READS.test(statement) && !/\binto\s+(?:out|dump)file\b/i.test(statement)

/** Statements that touch rows change something when they touch any; all others that are not questions do. */
function isChange(statement: string, answer: Answer): boolean {
  if (answer.isTable || isRead(statement)) return false
  return /^[\s(]*(?:insert|update|delete|replace|load)\b/i.test(statement) ? answer.changed > 0 : true
}

function fieldsOf(ran: readonly Ran[], statements: readonly string[]): JsonObject {
  return {
    executed_queries: statements,
    query_result: ran.map(({ answer }) => answer.rows.map((row) => typedRow(answer.columns, row))),
    rowcount: ran.map(({ answer }) => answer.count),
    execution_time_ms: ran.map(({ milliseconds }) => milliseconds),
  }
}
