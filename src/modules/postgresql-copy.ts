import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { Json } from '../value/value.ts'
import { SESSION_ARGUMENTS, type ConnectionValues } from './postgresql/connection-arguments.ts'
import { predictedAway } from './postgresql/predicted-away.ts'
import { forgetRows } from './postgresql/read-rows.ts'
import { resolveLogin } from './postgresql/resolve-login.ts'
import { serverProblem } from './postgresql/server-problem.ts'
import { openSession } from './postgresql/session.ts'
import { namesOf } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral, quoteName } from './postgresql/sql-text.ts'
import { refuseSuspicious } from './sql/refuse-suspicious.ts'

/** `community.postgresql.postgresql_copy`: files and programs are those of the server's machine. */
export const postgresqlCopy = defineAction({
  name: 'postgresql_copy',
  aliases: namesOf('postgresql_copy'),
  summary: 'Copy the rows of a PostgreSQL table or query to a file or program on the server, or from one into a table.',
  where: 'host', check: 'predict', asksInEnvironment: true,
  args: {
    ...SESSION_ARGUMENTS,
    copy_to: { type: 'path', aliases: ['to'], description: 'File or program that gets the rows.' },
    copy_from: { type: 'path', aliases: ['from'], description: 'File or program that they come from; they are added to those that are there.' },
    src: { type: 'str', aliases: ['source'], description: 'Table, or SELECT, that rows come from.' },
    dst: { type: 'str', aliases: ['destination'], description: 'Table that they go to.' },
    columns: { type: 'list', elements: 'str', aliases: ['column'], description: 'Columns, in order.' },
    program: { type: 'bool', default: false, description: 'It is a program rather than a file.' },
    options: { type: 'dict', description: 'Options of COPY: `format: csv`.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database.' },
  },
  constraints: { exclusive: [['copy_from', 'copy_to'], ['copy_from', 'src'], ['copy_to', 'dst']], oneOf: [['copy_to', 'copy_from']] },
  examples: [{ name: 'Rows as CSV', args: { login_db: 'shop', src: 'prices', copy_to: '/tmp/prices.csv', options: { format: 'csv' } }, again: 'the rows are written each time' }],
  run: async (args, { remote }) => {
    const statement = statementOf(args)
    const login = await resolveLogin(remote, args, args.login_db)
    const session = await openSession(remote, login)
    const [answer] = await session.execute(statement).catch((error: unknown) => { throw refused(statement, error) })
    if (args.copy_from === undefined) remote.forget()
    else await forgetRows(remote)
    return { ...result(args, statement), fields: { ...result(args, statement).fields, rowcount: answer?.count ?? 0 } }
  },
  predict: (args, { remote }) => predictedAway(remote, async () => {
    const statement = statementOf(args)
    await lookAtSource(args, remote)
    return result(args, statement)
  }),
})

interface Copy extends ConnectionValues {
  readonly copy_to: string | undefined
  readonly copy_from: string | undefined
  readonly src: string | undefined
  readonly dst: string | undefined
  readonly columns: readonly string[] | undefined
  readonly program: boolean
  readonly options: Readonly<Record<string, Json>> | undefined
  readonly login_db: string | undefined
}

function result({ copy_to: to, copy_from: from, src, dst }: Copy, statement: string): ModuleResult {
  return { changed: true, fields: { queries: [statement], src: src ?? from ?? '', dst: dst ?? to ?? '' } }
}

function statementOf(args: Copy): string {
  refuseSuspicious({ ...args }, ['copy_to', 'copy_from', 'src', 'dst', 'columns', 'options', 'session_role'])
  const table = args.copy_to === undefined ? args.dst : args.src
  if (table === undefined) throw new ModuleFailure(args.copy_to === undefined ? 'copy_from needs dst' : 'copy_to needs src')
  const columns = args.columns === undefined || args.columns.length === 0 ? '' : ` (${args.columns.map(columnText).join(',')})`
  const program = args.program ? 'PROGRAM ' : ''
  const end = args.copy_to === undefined ? `FROM ${program}${quoteLiteral(args.copy_from)}` : `TO ${program}${quoteLiteral(args.copy_to)}`
  return `COPY ${isQuery(table) ? `(${table})` : quoteName(table)}${columns} ${end}${optionList(args.options ?? {})}`
}

function optionList(options: Readonly<Record<string, Json>>): string {
  const items = Object.entries(options).map(([name, value]) => `${name} ${optionText(name, value)}`)
  return items.length === 0 ? '' : ` (${items.join(', ')})`
}

const isQuery = (text: string): boolean => /^\s*(?:select|with|values|table)\s/i.test(text)

/** Plain names as they are written. */
function columnText(name: string): string {
  return /^\s*[a-z_]\w*\s*$/.test(name) ? name : quoteIdentifier(name)
}

const WORDS = /^(?:format|freeze|header|force_\w+|encoding|on_error|log_verbosity|default)$/i

function optionText(name: string, value: Json): string {
  const text = String(value as string | number | boolean)
  return WORDS.test(name) && /^[\w, ()*]+$/.test(text) ? text : quoteLiteral(text)
}

/** Nothing is copied in check mode, but the table or query is looked at. */
async function lookAtSource(args: Copy, remote: Remote): Promise<void> {
  const table = args.src ?? args.dst ?? ''
  const probe = isQuery(table) ? `SELECT 1 FROM (${table}) q LIMIT 0` : `SELECT 1 FROM ${quoteName(table)} LIMIT 0`
  const session = await openSession(remote, await resolveLogin(remote, args, args.login_db))
  await session.execute(probe).catch((error: unknown) => { throw refused(probe, error) })
}

function refused(statement: string, error: unknown): unknown {
  const problem = serverProblem(error)
  return problem === undefined ? error : new ModuleFailure(`Cannot execute SQL '${statement}': ${problem.message}${problem.detail === undefined ? '' : `\n${problem.detail}`}`, { sqlstate: problem.code })
}
