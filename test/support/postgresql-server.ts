import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createHash } from 'node:crypto'
import type { DialTarget } from '../../src/connection/connection.ts'
import type { ExecRequest, ExecResult } from '../../src/remote/exec.ts'
import type { Probe } from '../../src/remote/probe.ts'
import type { Resource } from '../../src/remote/remote.ts'
import { FakeRemote } from './fake-remote.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A real PostgreSQL server of its own, on a free port, gone with `stop`. */
export interface PostgresqlServer {
  readonly port: number
  /** Where its socket is; a folder of its account. */
  readonly folder: string
  /** All but the rows of tables as SQL: roles, databases, objects, privileges; or the objects of one database. */
  catalog(database?: string): string
  /** A host that has the server: dialling, files of this machine for commands. */
  remote(): ServerHost
  psql(database: string, sql: string): string
  stop(): void
}

export const SUPERUSER = { login_user: 'tester', login_password: 'secret-of-tester' } as const

export interface PostgresqlOptions {
  /** `name=value` on its command line. */
  readonly settings?: readonly string[]
  /** pg_hba.conf; default: md5 for all. */
  readonly rules?: string
  /** Files in its folder. */
  readonly files?: Readonly<Record<string, string>>
}

export async function startPostgresql({ settings = [], rules, files = {} }: PostgresqlOptions = {}): Promise<PostgresqlServer> {
  const folder = temporaryFolder('pg')
  const bin = serverFolder()
  const owner = ownerIds()
  chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const passwords = join(folder, 'password')
  writeFileSync(passwords, SUPERUSER.login_password)
  chownSync(passwords, owner.uid, owner.gid)
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', SUPERUSER.login_user, '-A', 'md5', '-E', 'UTF8', '--locale=C.UTF-8', '--pwfile', passwords, '--no-sync'], { ...owner, stdio: 'pipe' })
  if (rules !== undefined) writeFileSync(join(data, 'pg_hba.conf'), rules)
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content, { mode: 0o600 })
    chownSync(join(folder, name), owner.uid, owner.gid)
  }
  chmodSync(folder, 0o711)
  const port = await freePort()
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', ...settings.flatMap((setting) => ['-c', setting.replaceAll('{folder}', folder)])], { ...owner, stdio: 'ignore' })
  await answering(port, server)
  const environment = { ...process.env, PGPASSWORD: SUPERUSER.login_password }
  return {
    port, folder,
    catalog: (database) => execFileSync(database === undefined ? 'pg_dumpall' : 'pg_dump', ['--schema-only', ...(database === undefined ? ['--exclude-database=postgres', '--exclude-database=template1'] : ['-d', database]), '-h', '127.0.0.1', '-p', String(port), '-U', SUPERUSER.login_user], { env: environment, encoding: 'utf8' }).replace(/^\\(?:un)?restrict .*$/gm, ''),
    remote: () => new ServerHost(),
    psql: (database, sql) => execFileSync('psql', ['-XAtq', '-h', '127.0.0.1', '-p', String(port), '-U', SUPERUSER.login_user, '-d', database, '-v', 'ON_ERROR_STOP=1', '-c', sql], { env: environment, encoding: 'utf8' }).trimEnd(),
    stop: () => {
      server.kill('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The in-memory host, but connections, commands and the files they read are real. */
class ServerHost extends FakeRemote {
  readonly #resources = new Map<string, Promise<Resource<unknown>>>()
  #age: ExecResult = { status: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }

  constructor() {
    // Nothing in its environment says how to log in.
    super({ probes: { 'postgresql-environment': {} } })
  }

  override dial(target?: DialTarget): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      if (target?.kind !== 'tcp') throw new Error('only TCP')
      const socket = connect(target.port, target.host)
      socket.once('connect', () => { resolve(socket) })
      socket.once('error', reject)
    })
  }

  override async resource<T>(key: string, create: () => Promise<Resource<T>>): Promise<T> {
    const known = this.#resources.get(key) ?? create()
    this.#resources.set(key, known)
    return (await known).value as T
  }

  override read<T>(probe: Probe<T>): Promise<T> {
    return probe.kind === 'script' && probe.script === ':' ? Promise.resolve(probe.parse(this.#age)) : super.read(probe)
  }

  override forget(): void {
    this.#age = { ...this.#age }
  }

  override sha256(path: string): Promise<string | undefined> {
    return Promise.resolve(existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined)
  }

  override writeFile(path: string, content: Uint8Array | string): Promise<void> {
    writeFileSync(path, content)
    return Promise.resolve()
  }

  override exec({ script }: ExecRequest): Promise<ExecResult> {
    return Promise.resolve({ status: 0, stdout: execFileSync('sh', ['-c', script], { maxBuffer: 1e9 }), stderr: Buffer.alloc(0) })
  }

  async close(): Promise<void> {
    for (const resource of this.#resources.values()) await (await resource).dispose()
  }
}

function serverFolder(): string {
  const [newest] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  return `/usr/lib/postgresql/${newest ?? ''}/bin`
}

/** The server refuses to run as root. */
function ownerIds(): { readonly uid: number, readonly gid: number } {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0 }
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('nobody:')) ?? ''
  const [, , user = '65534', group = '65534'] = line.split(':')
  return { uid: Number(user), gid: Number(group) }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => { resolve(port) })
    })
  })
}

async function answering(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}`)
    const ready = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => { socket.destroy(); resolve(true) })
      socket.once('error', () => { resolve(false) })
    })
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The server does not answer')
}
