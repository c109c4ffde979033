import { ModuleFailure } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { quote, quoteAll } from '../../text/shell-quote.ts'
import type { JsonObject } from '../../value/value.ts'
import { failingPipe } from '../sql/failing-pipe.ts'
import type { Login } from './login.ts'
import { withPassword } from './password-file.ts'

interface Transfer {
  readonly name: string
  readonly state: string
  readonly target: string
  readonly target_opts: string
  readonly dump_extra_args: string | undefined
  readonly session_role: string | undefined
}

/** Runs PostgreSQL's own programs on the host, with a password in a file without a name. */
export async function dumpOrRestore(args: Transfer, login: Login, remote: Remote): Promise<JsonObject> {
  const command = args.state === 'dump' ? dumpCommand(args, login) : restoreCommand(args, login)
  const environment: Record<string, string> = login.encryption === undefined || login.target.kind === 'socket' ? {} : { PGSSLMODE: login.encryption.mode }
  const request = login.password === undefined ? { script: command, environment } : withPassword({ script: command, environment }, login.password)
  const { status, stdout, stderr } = await remote.exec(request, args.state === 'dump' ? { paths: [args.target] } : undefined)
  const fields = { rc: status, stderr: stderr.toString('utf8'), cmd: command, executed_commands: [command] }
  if (status !== 0) throw new ModuleFailure(fields.stderr.trim() || `${args.state} of ${args.name} failed with status ${status}`, fields)
  return { ...fields, msg: stdout.toString('utf8') }
}

/** How a file is made and read, by its ending. */
const FORMATS: readonly (readonly [RegExp, string])[] = [[/\.tar(?:\.\w+)?$/, 't'], [/\.pgc(?:\.\w+)?$/, 'c'], [/\.dir(?:\.\w+)?$/, 'd']]
const PACKERS: readonly (readonly [RegExp, string])[] = [[/\.gz$/, 'gzip'], [/\.bz2$/, 'bzip2'], [/\.xz$/, 'xz']]

const found = (table: readonly (readonly [RegExp, string])[], target: string): string | undefined => table.find(([ending]) => ending.test(target))?.[1]

function dumpCommand(args: Transfer, login: Login): string {
  const format = found(FORMATS, args.target)
  const packer = found(PACKERS, args.target)
  const role = args.session_role === undefined ? '' : ` --role=${quote(args.session_role)}`
  const dump = `pg_dump ${placeOf(args.name, login)}${format === undefined ? '' : ` --format=${format}`}${role}${words(args.dump_extra_args)}${words(args.target_opts)}`
  if (format === 'd') return `${dump} -f ${quote(args.target)}`
  return packer === undefined ? `${dump} > ${quote(args.target)}` : failingPipe(dump, `${packer} > ${quote(args.target)}`)
}

function restoreCommand(args: Transfer, login: Login): string {
  const format = found(FORMATS, args.target)
  const packer = found(PACKERS, args.target)
  const role = args.session_role === undefined || format === undefined ? '' : ` --role=${quote(args.session_role)}`
  const program = format === undefined ? 'psql -X' : `pg_restore --format=${format}`
  const restore = `${program} ${placeOf(args.name, login)}${role}${words(args.target_opts)}`
  if (packer !== undefined) return failingPipe(`${packer} -dc < ${quote(args.target)}`, restore)
  return `${restore} ${format === undefined ? '--file=' : ''}${quote(args.target)}`
}

/** Arguments that the author wrote as shell words. */
function words(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? '' : ` ${text.trim()}`
}

function placeOf(database: string, { target, user }: Login): string {
  const [host, port] = target.kind === 'tcp' ? [target.host, String(target.port)] : [target.path.replace(/\/[^/]*$/, ''), target.path.replace(/^.*\./, '')]
  return quoteAll([`--dbname=${database}`, `--host=${host}`, `--port=${port}`, `--username=${user}`, '--no-password'])
}
