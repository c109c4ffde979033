import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { JsonObject } from '../../value/value.ts'
import { SSL_MODES } from './login.ts'

/**
 * Login arguments of community.postgresql: without a host it is the Unix socket, where the server asks who runs the task (`become_user: postgres`).
 * What is not given is taken from the PG* variables and the password file on the host, as libpq does.
 */
const CONNECTION_ARGUMENTS = {
  login_user: { type: 'str', aliases: ['login'], description: 'Role that logs in; default: `PGUSER` of the environment, or postgres.' },
  login_password: { type: 'str', default: '', secret: true, description: 'Its password; default: `PGPASSWORD` of the environment, or the password file of the user on the host.' },
  login_host: { type: 'str', default: '', aliases: ['host'], description: 'Server, as seen from the host of the task; without one, the Unix socket.' },
  login_unix_socket: { type: 'str', default: '', aliases: ['unix_socket'], description: 'Folder of the Unix socket; default: the one of /var/run/postgresql and /tmp that has it.' },
  login_port: { type: 'int', aliases: ['port'], description: 'Port of the server; default: `PGPORT` of the environment, or 5432.' },
  ssl_mode: { type: 'str', choices: SSL_MODES, default: 'prefer', description: 'Whether TCP connections are encrypted, and what is verified. Connections to the host itself try without TLS first where it is merely preferred.' },
  ca_cert: { type: 'str', aliases: ['ssl_rootcert'], description: 'File on the host with certificates of authorities; where it exists, the server is verified.' },
  ssl_cert: { type: 'path', description: 'File on the host with the certificate of the client.' },
  ssl_key: { type: 'path', description: 'File on the host with the key of the client.' },
  connect_params: { type: 'dict', default: {}, secretKeys: ['password'], description: 'Parameters of libpq; they have precedence: host, port, user, password, dbname, sslmode, sslrootcert, sslcert, sslkey, options, application_name, client_encoding, connect_timeout.' },
} as const satisfies ArgumentSpec

/** Arguments of nearly every module besides. */
export const SESSION_ARGUMENTS = {
  ...CONNECTION_ARGUMENTS,
  session_role: { type: 'str', description: 'Role that is taken on after the login.' },
  trust_input: { type: 'bool', default: true, description: 'Unless true, texts that look like SQL injection are refused. All names and values are quoted in any case.' },
} as const satisfies ArgumentSpec

/** Values of the connection arguments. */
export interface ConnectionValues {
  readonly login_user: string | undefined
  readonly login_password: string
  readonly login_host: string
  readonly login_unix_socket: string
  readonly login_port: number | undefined
  readonly ssl_mode: typeof SSL_MODES[number]
  readonly ca_cert: string | undefined
  readonly ssl_cert: string | undefined
  readonly ssl_key: string | undefined
  readonly connect_params: JsonObject
  readonly session_role?: string | undefined
  readonly trust_input?: boolean
}
