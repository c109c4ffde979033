import type { DialTarget } from '../../connection/connection.ts'
import { ModuleFailure } from '../../module/module.ts'
import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import type { ConnectionValues } from './connection-arguments.ts'
import { SSL_MODES, type Encryption, type Login, type SslMode } from './login.ts'

/** The login that the arguments of a module of community.postgresql ask for, with what the host's environment adds. */
export async function resolveLogin(remote: Remote, args: ConnectionValues, database: string | undefined): Promise<Login> {
  const around = await remote.read(AROUND)
  const given = parametersOf(args)
  const setting = (parameter: string, variable: string): string | undefined => given[parameter] ?? around.variables[variable]
  const user = setting('user', 'PGUSER') ?? 'postgres'
  const name = [given.dbname, database, around.variables.PGDATABASE].find((text) => text !== undefined) ?? user
  const port = Number(setting('port', 'PGPORT') ?? 5432)
  const target = placeOf({ host: setting('host', 'PGHOST') ?? '', port, sockets: around.sockets })
  const password = setting('password', 'PGPASSWORD') ?? passwordIn(around.passwords, [target.kind === 'tcp' ? target.host : 'localhost', String(port), name, user])
  const timeout = setting('connect_timeout', 'PGCONNECT_TIMEOUT')
  return {
    target, user, password, database: name, role: args.session_role, encryption: await encryptionOf(remote, given), parameters: furtherOf({ ...optionsOf(around), ...given }),
    ...(timeout === undefined ? {} : { patience: Number(timeout) }), ...(target.kind === 'socket' ? { peer: remote.user } : {}),
  }
}

interface Around {
  readonly variables: Readonly<Record<string, string>>
  /** Sockets that are there. */
  readonly sockets: readonly string[]
  /** Lines of the password file. */
  readonly passwords: readonly string[]
}

const VARIABLES = ['PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD', 'PGDATABASE', 'PGCONNECT_TIMEOUT', 'PGOPTIONS'] as const

/** What libpq would look at on the host. A password stays within the answer. */
const AROUND: Probe<Around> = {
  kind: 'script', key: 'postgresql-environment',
  script: `printf '${VARIABLES.map((name) => `${name}=%s\\n`).join('')}' ${VARIABLES.map((name) => `"$${name}"`).join(' ')}
for s in /var/run/postgresql/.s.PGSQL.* /tmp/.s.PGSQL.*; do [ -S "$s" ] && echo "socket=$s"; done
f=\${PGPASSFILE:-$HOME/.pgpass}; [ -r "$f" ] && sed 's/^/password=/' "$f"; :`,
  parse: ({ stdout }) => {
    const lines = stdout.toString('utf8').split('\n')
    const all = (key: string): readonly string[] => lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1))
    const variables = VARIABLES.flatMap((name) => all(name).slice(0, 1).filter((value) => value !== '').map((value): [string, string] => [name, value]))
    return { variables: Object.fromEntries(variables), sockets: all('socket'), passwords: all('password') }
  },
}

const KNOWN = new Set(['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'options', 'application_name', 'client_encoding', 'connect_timeout'])
/** Taken, without effect on a connection through a shell or ssh. */
const IGNORED = /^(?:keepalives|tcp_user_timeout|target_session_attrs|gssencmode|channel_binding)/

/** What is given, by libpq's names. */
function parametersOf(args: ConnectionValues): Readonly<Record<string, string>> {
  const wrong = Object.keys(args.connect_params).filter((name) => !KNOWN.has(name) && !IGNORED.test(name))
  if (wrong.length > 0) throw new ModuleFailure(`connect_params: ${wrong.join(', ')} is not supported (known: ${[...KNOWN].join(', ')})`)
  const local = args.login_host === '' || args.login_host === 'localhost'
  const given: Readonly<Record<string, string | number | undefined>> = {
    host: local && args.login_unix_socket !== '' ? args.login_unix_socket : args.login_host, port: args.login_port, user: args.login_user, password: args.login_password,
    sslmode: args.ssl_mode, sslrootcert: args.ca_cert, sslcert: args.ssl_cert, sslkey: args.ssl_key, ...args.connect_params as Readonly<Record<string, string>>,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]))
}

function optionsOf({ variables: { PGOPTIONS: options } }: Around): Readonly<Record<string, string>> {
  return options === undefined ? {} : { options }
}

const FURTHER = ['options', 'application_name', 'client_encoding']

function furtherOf(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => FURTHER.includes(name)))
}

interface Place {
  readonly host: string
  readonly port: number
  readonly sockets: readonly string[]
}

/** As in libpq, a host that begins with a slash is the folder of a socket. */
function placeOf({ host, port, sockets }: Place): DialTarget {
  const name = `.s.PGSQL.${port}`
  if (host.startsWith('/')) return { kind: 'socket', path: `${host.replace(/\/+$/, '')}/${name}` }
  if (host !== '') return { kind: 'tcp', host, port }
  return { kind: 'socket', path: sockets.find((path) => path.endsWith(`/${name}`)) ?? `/var/run/postgresql/${name}` }
}

/** The fifth field of the first line of a password file whose others are these, or stars; `\:` and `\\` stand for themselves. */
function passwordIn(lines: readonly string[], wanted: readonly string[]): string | undefined {
  for (const line of lines) {
    const fields = (line.match(/(?:\\.|[^:\\])+/g) ?? []).map((field) => field.replace(/\\(.)/g, '$1'))
    if (fields.length === 5 && wanted.every((word, index) => fields[index] === '*' || fields[index] === word)) return fields[4]
  }
  return undefined
}

async function encryptionOf(remote: Remote, given: Readonly<Record<string, string>>): Promise<Encryption> {
  const mode = SSL_MODES.find((known) => known === given.sslmode)
  if (mode === undefined) throw new ModuleFailure(`connect_params: sslmode must be one of: ${SSL_MODES.join(', ')}, got: ${given.sslmode ?? ''}`)
  const read = (path: string | undefined): Promise<string | undefined> => (path === undefined ? Promise.resolve(undefined) : remote.readText(path))
  const [authority, certificate, key] = await Promise.all([given.sslrootcert, given.sslcert, given.sslkey].map(read))
  return { mode: strict(mode, authority), authority, certificate, key }
}

/** Where there is an authority to verify by, `require` verifies. */
function strict(mode: SslMode, authority: string | undefined): SslMode {
  return mode === 'require' && authority !== undefined ? 'verify-ca' : mode
}
