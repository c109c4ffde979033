import { homedir, hostname, userInfo } from 'node:os'
import { expandHome } from '../../text/expand-home.ts'
import { parseSshArguments } from './ssh-arguments.ts'
import { defaultConfigFiles, readSshConfig, type SshOptions } from './ssh-config.ts'
import { ConnectionError, type ConnectionTarget } from '../connection.ts'

/** Everything needed to reach one server, after inventory, ssh arguments and ssh_config have been put together. */
export interface SshSettings {
  /** The inventory name, for messages. */
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly passphrase?: string
  /** A key that is in no file. */
  readonly privateKey?: string
  /** A key that was asked for by name must be readable; the usual ones need not exist. */
  readonly identityFiles: readonly string[]
  readonly identityRequired: boolean
  readonly identitiesOnly: boolean
  readonly agentSocket?: string
  /** The name to look for in known_hosts. */
  readonly hostKeyName: string
  readonly knownHostsFiles: readonly string[]
  readonly hostKeyChecking: HostKeyChecking
  /** Seconds. */
  readonly timeout: number
  /** Servers to go through, outermost first. */
  readonly jumps: readonly SshSettings[]
}

export type HostKeyChecking = 'strict' | 'accept-new' | 'off'

const USUAL_KEYS = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa']
const GLOBAL_KNOWN_HOSTS = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']
const MAX_JUMPS = 8

/** Puts together what the inventory and the user's ssh configuration say about a host. */
export function sshSettings(target: ConnectionTarget): SshSettings {
  const args = parseSshArguments(target.sshArgs ?? '')
  const configFile = target.sshConfigFile ?? args.configFile
  const files = configFile === undefined ? defaultConfigFiles() : configFile === 'none' ? [] : [expandHome(configFile)]
  const given = new Map([...inventoryOptions(target), ...args.options])
  return resolve({ target, files, depth: 0 }, target.address ?? target.host, given)
}

interface Resolution {
  readonly target: ConnectionTarget
  readonly files: readonly string[]
  readonly depth: number
}

function resolve(resolution: Resolution, name: string, given: SshOptions): SshSettings {
  const { target, files, depth } = resolution
  const options = readSshConfig(files, name, given)
  const login = loginOf(options, name)
  const expand = (file: string): string => expandHome(expandTokens(file, tokensOf(login, name)))
  return {
    name: depth === 0 ? target.host : name,
    ...login,
    ...secretsOf(target, depth),
    identityFiles: identityFiles(options).map(expand),
    identityRequired: depth === 0 && target.privateKeyFile !== undefined,
    identitiesOnly: isYes(first(options, 'identitiesonly')),
    ...agentOf(options),
    hostKeyName: first(options, 'hostkeyalias') ?? login.address,
    knownHostsFiles: knownHostsFiles(options).map(expand),
    hostKeyChecking: hostKeyChecking(target, options),
    timeout: target.timeout,
    jumps: jumpsOf({ ...resolution, name }, options, given),
  }
}

type Login = Pick<SshSettings, 'address' | 'port' | 'user'>

function loginOf(options: SshOptions, name: string): Login {
  return {
    address: expandTokens(first(options, 'hostname') ?? name, { h: name }),
    port: Number(first(options, 'port') ?? 22),
    user: first(options, 'user') ?? userInfo().username,
  }
}

function tokensOf(login: Login, name: string): Readonly<Record<string, string>> {
  return { h: login.address, n: name, p: String(login.port), r: login.user, u: userInfo().username, d: homedir(), l: hostname() }
}

function first(options: SshOptions, name: string): string | undefined {
  return options.get(name)?.[0]
}

function identityFiles(options: SshOptions): readonly string[] {
  return options.get('identityfile')?.filter((file) => file !== 'none') ?? USUAL_KEYS
}

/** The inventory's variables come after ssh arguments and before the configuration files. */
function inventoryOptions(target: ConnectionTarget): Map<string, string[]> {
  const options = new Map<string, string[]>()
  if (target.port !== undefined) options.set('port', [String(target.port)])
  if (target.user !== undefined) options.set('user', [target.user])
  if (target.privateKeyFile !== undefined) options.set('identityfile', [target.privateKeyFile])
  if (target.knownHostsFile !== undefined) options.set('userknownhostsfile', [target.knownHostsFile])
  return options
}

/** The inventory's password is for the host itself; a jump host is entered by key or agent. */
function secretsOf(target: ConnectionTarget, depth: number): Pick<SshSettings, 'password' | 'passphrase' | 'privateKey'> {
  return {
    ...(target.password === undefined || depth > 0 ? {} : { password: target.password }),
    ...(target.privateKeyPassphrase === undefined ? {} : { passphrase: target.privateKeyPassphrase }),
    ...(target.privateKey === undefined ? {} : { privateKey: target.privateKey }),
  }
}

/** The option lists the last hop last; each hop but the first may name hops of its own in the configuration, as with ssh. */
function jumpsOf(resolution: Resolution & { readonly name: string }, options: SshOptions, given: SshOptions): readonly SshSettings[] {
  const list = options.get('proxyjump')?.join(',') ?? 'none'
  if (list.toLowerCase() === 'none') return []
  const inherited = new Map([...given].filter(([name]) => ['userknownhostsfile', 'stricthostkeychecking', 'identityfile'].includes(name)))
  // A pattern that names its own jump host does not mean that host.
  const hops = list.split(',').map((text) => hopOf(text.trim())).filter(({ host }) => host !== resolution.name)
  if (resolution.depth >= MAX_JUMPS && hops.length > 0) throw new ConnectionError('unsupported', `Cannot connect to ${resolution.target.host}: its ProxyJump hosts go through each other`)
  return hops.flatMap((hop, index) => {
    const proxy: readonly (readonly [string, readonly string[]])[] = index === 0 ? [] : [['proxyjump', ['none']]]
    const settings = resolve({ ...resolution, depth: resolution.depth + 1 }, hop.host, new Map([...hop.options, ...proxy, ...inherited]))
    return [...settings.jumps, { ...settings, jumps: [] }]
  })
}

function hopOf(text: string): { readonly host: string, readonly options: readonly (readonly [string, readonly string[]])[] } {
  const match = /^(?:ssh:\/\/)?(?:([^@]*)@)?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?\/?$/.exec(text)
  const [, user, bracketed, plain, port] = match ?? []
  return {
    host: bracketed ?? plain ?? text,
    options: [...(user === undefined ? [] : [['user', [user]] as const]), ...(port === undefined ? [] : [['port', [port]] as const])],
  }
}

function hostKeyChecking(target: ConnectionTarget, options: SshOptions): HostKeyChecking {
  const option = options.get('stricthostkeychecking')?.[0]?.toLowerCase()
  if (!target.hostKeyChecking || option === 'no' || option === 'off') return 'off'
  return option === 'accept-new' ? 'accept-new' : 'strict'
}

function knownHostsFiles(options: SshOptions): readonly string[] {
  const own = options.get('userknownhostsfile') ?? ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']
  return [...own, ...(options.get('globalknownhostsfile') ?? GLOBAL_KNOWN_HOSTS)].filter((file) => file !== 'none')
}

function agentOf(options: SshOptions): { readonly agentSocket?: string } {
  const named = options.get('identityagent')?.[0]
  if (named === 'none') return {}
  const socket = named === undefined || named === 'SSH_AUTH_SOCK' ? process.env['SSH_AUTH_SOCK'] : expandHome(named)
  return socket === undefined || socket === '' ? {} : { agentSocket: socket }
}

function isYes(value: string | undefined): boolean {
  return value?.toLowerCase() === 'yes' || value?.toLowerCase() === 'true'
}

function expandTokens(text: string, tokens: Readonly<Record<string, string>>): string {
  return text.replaceAll(/%(.)/g, (whole, letter: string) => (letter === '%' ? '%' : tokens[letter] ?? whole))
}
