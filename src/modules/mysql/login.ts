import type { DialTarget } from '../../connection/connection.ts'
import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import type { ConnectionValues } from './connection-arguments.ts'
import { quoteLiteral, quoteName } from './sql-text.ts'

/** How to reach a server, as seen from the host of the task. */
export interface Login {
  readonly target: DialTarget
  readonly user: string
  readonly password: string | undefined
  readonly database: string | undefined
  readonly tls: { readonly ca?: string, readonly cert?: string, readonly key?: string, readonly checkName: boolean } | undefined
  /** Seconds. */
  readonly patience: number
  /** Statements that a session begins with. */
  readonly first: readonly string[]
  /** Whoever is at this end of a Unix socket, where the server asks. */
  readonly peer: string
}

/** The login that the arguments of a module of community.mysql ask for. */
export async function resolveLogin(remote: Remote, args: ConnectionValues, database: string | undefined): Promise<Login> {
  const [sockets, options] = await Promise.all([remote.read(SOCKETS), args.config_file === '' ? Promise.resolve<Options>({}) : optionsIn(remote, args.config_file)])
  return {
    target: placeOf(args, options, sockets), user: args.login_user ?? options.user ?? remote.user, password: args.login_password ?? options.password, database,
    tls: await tlsOf(remote, args, options), patience: args.connect_timeout, first: firstStatements(args), peer: remote.user,
  }
}

/** `root@/run/mysqld/mysqld.sock`, for messages. */
export function describeLogin({ target, user }: Login): string {
  return `${user}@${target.kind === 'tcp' ? `${target.host}:${target.port}` : target.path}`
}

const SOCKETS: Probe<readonly string[]> = {
  kind: 'script', key: 'mysql-sockets',
  script: 'for s in /run/mysqld/mysqld.sock /var/lib/mysql/mysql.sock /tmp/mysql.sock; do [ -S "$s" ] && echo "$s"; done; :',
  parse: ({ stdout }) => stdout.toString('utf8').split('\n').filter((line) => line !== ''),
}

type Options = Readonly<Record<string, string>>

/** The section [client] of an option file; none where there is no file. */
async function optionsIn(remote: Remote, path: string): Promise<Options> {
  const text = await remote.readText(path)
  const section = /^\[client\]\s*$(.*?)(?=^\[|(?![\s\S]))/ms.exec(text ?? '')?.[1] ?? ''
  const pairs = section.split('\n').map((line) => /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line)).filter((match) => match !== null)
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name.replaceAll('_', '-'), value.replace(/^(["'])(.*)\1$/, '$2')]))
}

function placeOf(args: ConnectionValues, options: Options, sockets: readonly string[]): DialTarget {
  const { host, port } = hostAndPort(args, args.config_overrides_defaults === true ? options : {})
  const usual = host === 'localhost' && port === 3306 ? options.socket ?? sockets[0] : undefined
  const socket = args.login_unix_socket ?? usual
  return socket === undefined ? { kind: 'tcp', host: host === 'localhost' ? '127.0.0.1' : host, port } : { kind: 'socket', path: socket }
}

function hostAndPort(args: ConnectionValues, defaults: Options): { readonly host: string, readonly port: number } {
  return { host: given(args.login_host, 'localhost') ?? defaults.host ?? args.login_host, port: given(args.login_port, 3306) ?? Number(defaults.port ?? args.login_port) }
}

/** Nothing for what is the default. */
function given<T>(value: T, usual: T): T | undefined {
  return value === usual ? undefined : value
}

async function tlsOf(remote: Remote, args: ConnectionValues, options: Options): Promise<Login['tls']> {
  const files = { ca: args.ca_cert ?? options['ssl-ca'], cert: args.client_cert ?? options['ssl-cert'], key: args.client_key ?? options['ssl-key'] }
  const read = await Promise.all(Object.entries(files).map(async ([name, path]) => [name, path === undefined ? undefined : await remote.readText(path)] as const))
  const found = Object.fromEntries(read.filter(([, text]) => text !== undefined))
  return Object.keys(found).length === 0 ? undefined : { ...found, checkName: args.check_hostname ?? true }
}

function firstStatements({ sql_log_bin: binlog, session_vars: variables }: ConnectionValues): readonly string[] {
  const settings = Object.entries(variables ?? {}).map(([name, value]) => `${quoteName(name)} = ${quoteLiteral(value)}`)
  return [...(binlog === false ? ['SET SESSION sql_log_bin = OFF'] : []), ...(settings.length === 0 ? [] : [`SET SESSION ${settings.join(', SESSION ')}`])]
}
