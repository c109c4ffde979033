import type { ArgumentSpec } from '../../module/argument-spec.ts'

/** Login arguments of community.mysql. What is not given is taken from the option file on the host. */
export const CONNECTION_ARGUMENTS = {
  login_user: { type: 'str', description: 'Account that logs in; default: the one of the option file, or the user of the task.' },
  login_password: { type: 'str', secret: true, description: 'Its password; default: the one of the option file.' },
  login_host: { type: 'str', default: 'localhost', description: 'Server, as seen from the host of the task; localhost is its Unix socket where there is one.' },
  login_port: { type: 'int', default: 3306, description: 'Port of the server.' },
  login_unix_socket: { type: 'str', description: 'Path of the Unix socket.' },
  connect_timeout: { type: 'int', default: 30, description: 'Seconds for the server to let us in.' },
  config_file: { type: 'path', default: '~/.my.cnf', description: 'Option file on the host, whose section [client] is read; an empty text for none.' },
  ca_cert: { type: 'path', aliases: ['ssl_ca'], description: 'File on the host with the certificate of the authority; the connection is encrypted then, and the server verified.' },
  client_cert: { type: 'path', aliases: ['ssl_cert'], description: 'File on the host with the certificate of the client.' },
  client_key: { type: 'path', aliases: ['ssl_key'], description: 'File on the host with the key of the client.' },
  check_hostname: { type: 'bool', description: 'Whether the name in the certificate of the server counts; default: it does.' },
} as const satisfies ArgumentSpec

/** Values of the connection arguments. */
export interface ConnectionValues {
  readonly login_user: string | undefined
  readonly login_password: string | undefined
  readonly login_host: string
  readonly login_port: number
  readonly login_unix_socket: string | undefined
  readonly connect_timeout: number
  readonly config_file: string
  readonly ca_cert: string | undefined
  readonly client_cert: string | undefined
  readonly client_key: string | undefined
  readonly check_hostname: boolean | undefined
  readonly config_overrides_defaults?: boolean
  readonly sql_log_bin?: boolean
  readonly session_vars?: Readonly<Record<string, unknown>> | undefined
}
