import { ModuleFailure } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { quote, quoteAll } from '../../text/shell-quote.ts'
import type { JsonObject } from '../../value/value.ts'
import { failingPipe } from '../sql/failing-pipe.ts'
import { SECRET_FILE, withSecretFile } from '../sql/secret-file.ts'
import type { Login } from './login.ts'
import { openSession } from './session.ts'
import { quoteName } from './sql-text.ts'

interface Transfer {
  readonly name: readonly string[]
  readonly state: string
  readonly target: string | undefined
  readonly encoding: string
  readonly config_file: string
  readonly restrict_config_file: boolean
  readonly single_transaction: boolean
  readonly quick: boolean
  readonly ignore_tables: readonly string[]
  readonly hex_blob: boolean
  readonly force: boolean
  readonly master_data: number
  readonly skip_lock_tables: boolean
  readonly dump_extra_args: string | undefined
  readonly chdir: string | undefined
  readonly ca_cert: string | undefined
  readonly client_cert: string | undefined
  readonly client_key: string | undefined
}

/** Runs the server's own programs on the host, with a password in a file without a name. */
export async function dumpOrImport(args: Transfer, login: Login, remote: Remote): Promise<JsonObject> {
  const target = args.target ?? ''
  const created = args.state === 'import' ? await makeMissing(args.name, login, remote) : []
  const options = { ...args, config_file: await isThere(args.config_file, remote) ? args.config_file : '' }
  const command = args.state === 'dump' ? dumpCommand(options, target, login) : importCommand(options, target, login)
  const script = args.chdir === undefined ? command : `cd ${quote(args.chdir)} && ${command}`
  const request = login.password === undefined ? { script } : { script: withSecretFile(script), stdin: Buffer.from(optionFile(login.password, options)) }
  const { status, stdout, stderr } = await remote.exec(request, args.state === 'dump' ? { paths: [target] } : undefined)
  const fields = { rc: status, executed_commands: [...created, command] }
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `${args.state} failed with status ${status}`, fields)
  return { ...fields, msg: stdout.toString('utf8') }
}

async function isThere(path: string, remote: Remote): Promise<boolean> {
  return path !== '' && await remote.stat(path) !== undefined
}

/** What is imported goes into a database that is made for it. */
async function makeMissing(names: readonly string[], login: Login, remote: Remote): Promise<readonly string[]> {
  if (names.includes('all')) return []
  const session = await openSession(remote, login)
  const there = (await session.execute('SHOW DATABASES')).rows.map((row) => row.Database)
  const statements = names.filter((name) => !there.includes(name)).map((name) => `CREATE DATABASE ${quoteName(name)}`)
  for (const statement of statements) await session.execute(statement)
  return statements
}

const PACKERS: readonly (readonly [RegExp, string])[] = [[/\.gz$/, 'gzip'], [/\.bz2$/, 'bzip2'], [/\.xz$/, 'xz'], [/\.zst$/, 'zstd']]
const packerOf = (target: string): string | undefined => PACKERS.find(([ending]) => ending.test(target))?.[1]

function dumpCommand(args: Transfer, target: string, login: Login): string {
  const flags = Object.entries({ '--single-transaction=true': args.single_transaction, '--quick': args.quick, '--hex-blob': args.hex_blob, '--force': args.force, '--skip-lock-tables': args.skip_lock_tables })
    .filter(([, wanted]) => wanted).map(([flag]) => flag)
  const words = [
    ...placeOf(args, login), ...(args.name.includes('all') ? ['--all-databases'] : args.name.length > 1 ? ['--databases', ...args.name] : args.name), ...flags,
    ...(args.encoding === '' ? [] : [`--default-character-set=${args.encoding}`]), ...args.ignore_tables.map((table) => `--ignore-table=${table}`), ...(args.master_data === 0 ? [] : [`--master-data=${args.master_data}`]),
  ]
  const dump = `${program('mariadb-dump', 'mysqldump')} ${quoteAll(words)}${args.dump_extra_args === undefined ? '' : ` ${args.dump_extra_args}`}`
  const packer = packerOf(target)
  return packer === undefined ? `${dump} > ${quote(target)}` : failingPipe(dump, `${packer} -c > ${quote(target)}`)
}

function importCommand(args: Transfer, target: string, login: Login): string {
  const words = [...placeOf(args, login), ...(args.force ? ['--force'] : []), ...(args.encoding === '' ? [] : [`--default-character-set=${args.encoding}`]), ...(args.name.includes('all') ? [] : ['--one-database', ...args.name])]
  const load = `${program('mariadb', 'mysql')} ${quoteAll(words)}`
  const packer = packerOf(target)
  return packer === undefined ? `${load} < ${quote(target)}` : failingPipe(`${packer} -dc < ${quote(target)}`, load)
}

/** The program has one of two names. */
function program(name: string, other: string): string {
  return `$(command -v ${name} || echo ${other})`
}

/** The one file of options that the programs read besides their own: the user's, and the password. */
function optionFile(password: string, { config_file: file }: Transfer): string {
  const escaped = password.replace(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)
  return `${file === '' ? '' : `!include ${file}\n`}[client]\npassword="${escaped}"\n`
}

function placeOf(args: Transfer, { target, user, password }: Login): readonly string[] {
  const path = password === undefined ? args.config_file : SECRET_FILE
  const file = path === '' ? [] : [`${args.config_file !== '' && args.restrict_config_file ? '--defaults-file' : '--defaults-extra-file'}=${path}`]
  const place = target.kind === 'tcp' ? [`--host=${target.host}`, `--port=${target.port}`, '--protocol=tcp'] : [`--socket=${target.path}`]
  const tls = [['--ssl-ca', args.ca_cert], ['--ssl-cert', args.client_cert], ['--ssl-key', args.client_key]].filter(([, path]) => path !== undefined).map(([flag, path]) => `${flag ?? ''}=${path ?? ''}`)
  // Which option file is read must be the first word.
  return [...file, `--user=${user}`, ...place, ...tls]
}
