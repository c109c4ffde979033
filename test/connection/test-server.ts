import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Accounts of the server; all have this password, and `sudo` and `doas` rules of their own. */
export const PASSWORD = 'correct horse'
const PASSWORD_HASH = '$6$tsplaytest$NhB1BJf20S.uxgkzrTnPueE9ivEZ8zSOWhXnMQmhtxOLLZ9aL3qtjIMwLf0X0LJuxaYmfa9lkJdd8IRup6j5q1'

const ACCOUNTS = [
  { name: 'asked', id: 47001, sudo: 'asked ALL=(ALL:ALL) ALL', doas: 'permit asked' },
  { name: 'trusted', id: 47002, sudo: 'trusted ALL=(ALL:ALL) NOPASSWD: ALL', doas: 'permit nopass trusted as root' },
  { name: 'nobodys', id: 47003, sudo: '', doas: '' },
  { name: 'seated', id: 47004, sudo: 'seated ALL=(ALL:ALL) ALL\nDefaults:seated requiretty', doas: '' },
]

export interface TestServer {
  readonly port: number
  readonly folder: string
  /** Public host key line without a host: `ssh-ed25519 AAAA...`. */
  readonly hostKey: string
  readonly privateKeyFile: string
  readonly knownHostsFile: string
  readonly process: ChildProcess
  target(changes?: Partial<ConnectionTarget>): ConnectionTarget
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Without its own accounts a server is up sooner, and has only those of this machine. */
  readonly accounts?: boolean
}

/**
 * A real sshd of our own on a free port of 127.0.0.1, with throw-away keys. It lives in a mount namespace with its own copy of /etc, so that
 * accounts, sudo and su are real without any change to this machine. Needs root.
 */
export async function startServer({ accounts = true }: ServerOptions = {}): Promise<TestServer> {
  const folder = temporaryFolder('sshd')
  const port = await freePort()
  makeKeys(folder, accounts)
  if (accounts) makeEtc(folder)
  writeFileSync(join(folder, 'sshd_config'), configuration(folder, port))
  mkdirSync('/run/sshd', { recursive: true })
  const script = `${accounts ? `mount --bind '${folder}/etc' /etc && ` : ''}exec /usr/sbin/sshd -D -e -f '${folder}/sshd_config'`
  const process = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'pipe'] })
  const log: string[] = []
  process.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()))
  await answering(port, process, log)
  const hostKey = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ').slice(0, 2).join(' ').trim()
  const knownHostsFile = join(folder, 'known_hosts')
  writeFileSync(knownHostsFile, `[127.0.0.1]:${port} ${hostKey}\n`)
  const privateKeyFile = join(folder, 'user')
  return {
    port, folder, hostKey, privateKeyFile, knownHostsFile, process,
    target: (changes = {}) => ({
      kind: 'ssh', host: 'box', address: '127.0.0.1', port, user: 'root', privateKeyFile, knownHostsFile, sshConfigFile: 'none',
      hostKeyChecking: true, timeout: 10, ...changes,
    }),
    stop: () => stop(process, folder),
  }
}

/** Runs ssh-keygen. */
export function keygen(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('/usr/bin/ssh-keygen', ['-q', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0) throw new Error(`ssh-keygen failed: ${String(stderr)}`)
}

function makeKeys(folder: string, accounts: boolean): void {
  keygen('-t', 'ed25519', '-N', '', '-f', join(folder, 'host'))
  keygen('-t', 'ed25519', '-N', '', '-f', join(folder, 'user'))
  if (accounts) keygen('-t', 'ed25519', '-N', PASSWORD, '-f', join(folder, 'locked'))
  writeFileSync(join(folder, 'authorized'), (accounts ? ['user.pub', 'locked.pub'] : ['user.pub']).map((name) => readFileSync(join(folder, name), 'utf8')).join(''))
  chmodSync(folder, 0o755)
}

function makeEtc(folder: string): void {
  const etc = join(folder, 'etc')
  cpSync('/etc', etc, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, filter: (path) => !/^\/etc\/(?:ssl|ca-certificates|fonts|apparmor)/.test(path) })
  // The copy belongs to root as the original does; only these modes matter to sudo and PAM.
  for (const { name, id, sudo } of ACCOUNTS) {
    appendFileSync(join(etc, 'passwd'), `${name}:x:${id}:${id}::/tmp:/bin/sh\n`)
    appendFileSync(join(etc, 'group'), `${name}:x:${id}:\n`)
    appendFileSync(join(etc, 'shadow'), `${name}:${PASSWORD_HASH}:19000:0:99999:7:::\n`)
    if (sudo !== '') appendFileSync(join(etc, 'sudoers'), `${sudo}\n`)
  }
  writeFileSync(join(etc, 'doas.conf'), `${ACCOUNTS.map(({ doas }) => doas).filter((rule) => rule !== '').join('\n')}\n`)
}

function configuration(folder: string, port: number): string {
  return [
    `Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, `AuthorizedKeysFile ${folder}/authorized`, 'StrictModes no',
    'UsePAM no', 'PidFile none', 'KexAlgorithms curve25519-sha256', 'MaxStartups 100', '',
  ].join('\n')
}

/** A port of 127.0.0.1 that nothing listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => { resolve(port) })
    })
  })
}

async function answering(port: number, process: ChildProcess, log: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (process.exitCode !== null) break
    if (await accepts(port)) return
    await new Promise((resolve) => { setTimeout(resolve, 25) })
  }
  throw new Error(`sshd did not start (openssh-server must be installed, and the tests run as root): ${log.join('')}`)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => { socket.destroy(); resolve(true) })
    socket.once('error', () => { resolve(false) })
  })
}

function stop(process: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => { rmSync(folder, { recursive: true, force: true }); resolve() }
    if (process.exitCode !== null || process.signalCode !== null) return finish()
    process.once('exit', finish)
    process.kill('SIGKILL')
  })
}
