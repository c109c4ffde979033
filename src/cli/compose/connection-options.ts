import type { Config } from '../../config/config.ts'
import type { BecomeDefaults, ConnectionDefaults } from '../../engine/run-request.ts'
import { askSecret } from '../ask-secret.ts'
import { readSecretFile } from './secret-file.ts'

/** The passwords that somebody types, or keeps in files. */
export interface Passwords {
  readonly login: string | undefined
  readonly become: string | undefined
}

/** Where nobody is connected to. */
export const NO_PASSWORDS: Passwords = { login: undefined, become: undefined }

/** Reads or asks for the passwords that the settings call for. An empty answer for become stands for the login password. */
export async function readPasswords(config: Config): Promise<Passwords> {
  const login = await secret('SSH password: ', config.get('DEFAULT_ASK_PASS'), config.get('CONNECTION_PASSWORD_FILE'))
  const question = login === undefined ? 'BECOME password: ' : 'BECOME password[defaults to SSH password]: '
  const become = await secret(question, config.get('DEFAULT_BECOME_ASK_PASS'), config.get('BECOME_PASSWORD_FILE'))
  return { login, become: become === '' ? login : become }
}

/** How hosts are reached unless their variables and keywords say otherwise. */
export function connectionDefaults(config: Config, password: string | undefined): ConnectionDefaults {
  return {
    kind: config.get('DEFAULT_TRANSPORT'),
    hostKeyChecking: config.get('connection.ssh.host_key_checking'),
    timeout: config.get('connection.ssh.timeout'),
    retries: config.get('connection.ssh.reconnection_retries'),
    ...given('user', config.get('connection.ssh.remote_user')),
    ...given('port', config.get('connection.ssh.port')),
    ...given('privateKeyFile', config.get('connection.ssh.private_key_file')),
    ...given('privateKey', config.get('connection.ssh.private_key')),
    ...given('privateKeyPassphrase', config.get('connection.ssh.private_key_passphrase')),
    ...given('password', password),
    // Its default is for OpenSSH's own way to keep connections open.
    ...given('sshArgs', config.find('connection.ssh.ssh_args')?.origin === 'default' ? undefined : config.get('connection.ssh.ssh_args')),
    ...given('sshCommonArgs', config.get('connection.ssh.ssh_common_args')),
    ...given('sshExtraArgs', config.get('connection.ssh.ssh_extra_args')),
  }
}

/** The same for becoming another user. */
export function becomeDefaults(config: Config, password: string | undefined): BecomeDefaults {
  return { enabled: config.get('DEFAULT_BECOME'), method: config.get('DEFAULT_BECOME_METHOD'), ...given('password', password) }
}

async function secret(question: string, ask: boolean, file: string | undefined): Promise<string | undefined> {
  if (file !== undefined) return readSecretFile(file)
  return ask ? askSecret(question) : undefined
}

function given<Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [K in Key]?: T }
}
