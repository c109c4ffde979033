import type { DialTarget } from '../../connection/connection.ts'
import type { ArgumentSpec } from '../../module/argument-spec.ts'

/** How to reach one database of a server, as seen from the host of the task. */
export interface Login {
  readonly target: DialTarget
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  /** Role that is taken on after the login. */
  readonly role?: string | undefined
  readonly encryption?: Encryption
  /** Further parameters of the session: `options`, `application_name`, `client_encoding`. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Seconds for the server to let us in. */
  readonly patience?: number
  /** Whoever is at this end of a Unix socket, where the server asks. */
  readonly peer?: string
}

/** TLS as libpq has it; certificates and keys are PEM texts. */
export interface Encryption {
  readonly mode: SslMode
  readonly authority?: string | undefined
  readonly certificate?: string | undefined
  readonly key?: string | undefined
}

export const SSL_MODES = ['allow', 'disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = typeof SSL_MODES[number]

/** Login arguments of tsplay's own modules: TCP to the host itself unless told otherwise. */
export const LOGIN_ARGUMENTS = {
  login_host: { type: 'str', default: '127.0.0.1', aliases: ['host'], description: 'Server, as seen from the host of the task.' },
  login_unix_socket: { type: 'path', aliases: ['unix_socket'], description: 'Folder of the Unix socket, instead of `login_host`.' },
  login_port: { type: 'int', default: 5432, aliases: ['port'], description: 'Port of the server.' },
  login_user: { type: 'str', default: 'postgres', description: 'Role that logs in.' },
  login_password: { type: 'str', secret: true, description: 'Password of `login_user`.' },
} as const satisfies ArgumentSpec

interface LoginValues {
  readonly login_host: string
  readonly login_unix_socket: string | undefined
  readonly login_port: number
  readonly login_user: string
  readonly login_password: string | undefined
}

/** The login that arguments ask for. */
export function loginOf(args: LoginValues, database: string): Login {
  const { login_unix_socket: folder, login_host: host, login_port: port } = args
  const target: DialTarget = folder === undefined || folder === '' ? { kind: 'tcp', host: host === '' ? '127.0.0.1' : host, port } : { kind: 'socket', path: `${folder}/.s.PGSQL.${port}` }
  return { target, user: args.login_user, password: args.login_password, database }
}

/** `yunify@pgpool:9999/zone`, for messages and as the key of a session. */
export function describeLogin({ target, user, database }: Login): string {
  const place = target.kind === 'tcp' ? `${target.host}:${target.port}` : target.path
  return `${user}@${place}/${database}`
}
