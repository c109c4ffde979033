import { readFileSync } from 'node:fs'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { BecomeDefaults, ConnectionDefaults } from '../../engine/run-request.ts'
import type { ConnectionFlags, RunFlags } from '../flags.ts'
import { askAtTerminal } from '../prompt.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** How hosts are reached unless their variables say otherwise: the command line first, then ANSIBLE_* variables. */
export async function connectionDefaults(flags: ConnectionFlags, environment: Environment): Promise<ConnectionDefaults> {
  const password = await secret('SSH password: ', flags.askPass, flags.connectionPasswordFile)
  return {
    kind: flags.connection,
    hostKeyChecking: !isNo(environment['ANSIBLE_HOST_KEY_CHECKING']),
    timeout: flags.timeout,
    ...given('user', flags.user ?? environment['ANSIBLE_REMOTE_USER']),
    ...given('privateKeyFile', flags.privateKey ?? environment['ANSIBLE_PRIVATE_KEY_FILE']),
    ...given('password', password),
    ...given('sshArgs', sshArgs(flags, environment)),
  }
}

/** The same for becoming another user. */
export async function becomeDefaults(flags: RunFlags): Promise<BecomeDefaults> {
  const password = await secret('BECOME password: ', flags.askBecomePass, flags.becomePasswordFile)
  return { enabled: flags.become ?? false, method: flags.becomeMethod, user: flags.becomeUser, ...given('password', password) }
}

function sshArgs(flags: ConnectionFlags, environment: Environment): string | undefined {
  const parts = [environment['ANSIBLE_SSH_ARGS'], flags.sshCommonArgs ?? environment['ANSIBLE_SSH_COMMON_ARGS'], flags.sshExtraArgs ?? environment['ANSIBLE_SSH_EXTRA_ARGS']]
  const text = parts.filter((part) => part !== undefined && part !== '').join(' ')
  return text === '' ? undefined : text
}

async function secret(question: string, ask: boolean | undefined, file: string | undefined): Promise<string | undefined> {
  if (file !== undefined) return readSecret(file)
  return ask ? askAtTerminal({ text: question, echo: false }) : undefined
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DiagnosticError([{ code: 'unreadable-file', severity: 'error', summary: `Cannot read the password file '${path}': ${reason}` }])
  }
}

function given<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: string }
}

function isNo(text: string | undefined): boolean {
  return text !== undefined && ['false', 'no', '0', 'off', 'n', 'f'].includes(text.toLowerCase())
}
