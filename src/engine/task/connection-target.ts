import { joinSshArguments } from '../../connection/ssh/ssh-arguments.ts'
import type { ConnectionTarget } from '../../connection/connection.ts'
import { KIND_VARIABLES } from '../../connection/kind-variables.ts'
import type { Scope } from '../../template/types.ts'
import type { Value } from '../../value/value.ts'
import { asBoolean, asNumber, asText, evaluated, keyword, variable } from './keyword.ts'
import type { Site } from './site.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

/** How to reach a host: variables of the host win over keywords, and those over the command line. */
export function connectionTarget(site: Site, host: string, scope: Scope): ConnectionTarget {
  const kind = connectionKind(site, host, scope)
  const read = (...names: readonly string[]) => firstText(site, scope, names)
  if (kind === 'local') return { kind, host, folder: site.play.play.folder, hostKeyChecking: false, timeout: site.play.run.request.options.connection.timeout }
  return withoutUndefined({ ...addressOf(site, host, read), ...credentialsOf(site, read), ...sshOf(site, scope, read), kind, host, options: optionsOf(kind, read) })
}

/** What only this kind of connection reads. */
function optionsOf(kind: string, read: Read): Readonly<Record<string, string>> | undefined {
  const variables = Object.entries(KIND_VARIABLES[kind] ?? {})
  return variables.length === 0 ? undefined : withoutUndefined(Object.fromEntries(variables.map(([option, names]) => [option, read(...names)])))
}

type Read = (...names: readonly string[]) => string | undefined

function connectionKind(site: Site, host: string, scope: Scope): string {
  const { inventory, options } = site.play.run.request
  if (!inventory.hosts.has(host) && LOOPBACK.has(host)) return 'local'
  const kind = asText(variable(site, 'ansible_connection', scope)) ?? asText(keyword(site, 'connection')) ?? options.connection.kind
  const short = kind.split('.').at(-1) ?? kind
  return short === 'smart' || short === 'paramiko' || short === 'paramiko_ssh' ? 'ssh' : short
}

function addressOf(site: Site, host: string, read: Read): Partial<ConnectionTarget> {
  const { connection } = site.play.run.request.options
  const address = read('ansible_host', 'ansible_ssh_host') ?? host
  const port = read('ansible_port', 'ansible_ssh_port') ?? asText(keyword(site, 'port')) ?? connection.port
  return withoutUndefined({
    ...(address !== host && { address }),
    port: port === undefined ? undefined : asNumber(port, 22),
    user: read('ansible_user', 'ansible_ssh_user') ?? asText(keyword(site, 'remoteUser')) ?? connection.user,
  })
}

function credentialsOf(site: Site, read: Read): Partial<ConnectionTarget> {
  const { options: { connection }, secrets } = site.play.run.request
  const password = read('ansible_password', 'ansible_ssh_password', 'ansible_ssh_pass') ?? connection.password
  const privateKey = read('ansible_private_key', 'ansible_ssh_private_key') ?? connection.privateKey
  const privateKeyPassphrase = read('ansible_private_key_passphrase', 'ansible_ssh_private_key_passphrase') ?? connection.privateKeyPassphrase
  for (const secret of [password, privateKeyPassphrase, ...linesOf(privateKey)]) if (secret !== undefined) secrets.add(secret)
  return withoutUndefined({
    password, privateKey, privateKeyPassphrase,
    privateKeyFile: read('ansible_ssh_private_key_file', 'ansible_private_key_file') ?? connection.privateKeyFile,
  })
}

/** Those that give a key away: all but the first and the last, which every key has. */
function linesOf(key = ''): readonly string[] {
  return key.split('\n').map((line) => line.trim()).filter((line) => !line.startsWith('-----'))
}

function sshOf(site: Site, scope: Scope, read: Read): Pick<ConnectionTarget, 'hostKeyChecking' | 'timeout'> & Partial<ConnectionTarget> {
  const { connection } = site.play.run.request.options
  const args = [
    read('ansible_ssh_args') ?? connection.sshArgs,
    read('ansible_ssh_common_args') ?? connection.sshCommonArgs,
    read('ansible_ssh_extra_args') ?? connection.sshExtraArgs,
  ]
  const checking = variable(site, 'ansible_host_key_checking', scope) ?? variable(site, 'ansible_ssh_host_key_checking', scope)
  return withoutUndefined({
    sshArgs: joinSshArguments(args),
    knownHostsFile: connection.knownHostsFile,
    sshConfigFile: connection.sshConfigFile,
    hostKeyChecking: asBoolean(checking, connection.hostKeyChecking),
    retries: asNumber(variable(site, 'ansible_ssh_retries', scope), connection.retries ?? 0),
    timeout: asNumber(variable(site, 'ansible_ssh_timeout', scope) ?? variable(site, 'ansible_timeout', scope), connection.timeout),
  })
}

function firstText(site: Site, scope: Scope, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value: Value | undefined = evaluated(site, scope.get(name), scope)
    if (value !== undefined) return asText(value)
  }
  return undefined
}

type Defined<T> = { [Name in keyof T]: Exclude<T[Name], undefined> }

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
