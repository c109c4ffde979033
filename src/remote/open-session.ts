import type { Duplex } from 'node:stream'
import { shownBecome } from './become/become-command.ts'
import { becomeUser } from './become/become-user.ts'
import { ConnectionError, type Channel, type Connection, type ConnectionTarget, type DialTarget, type Traffic } from '../connection/connection.ts'
import { Observers, Resources, type HostServices } from './host-services.ts'
import { accountProbe } from './predicted/accounts.ts'
import { Overlay } from './predicted/overlay.ts'
import { PredictedRemote } from './predicted/predicted-remote.ts'
import { RealRemote } from './real-remote.ts'
import type { ProgramChannel, Remote } from './remote.ts'
import { SessionTraffic } from './session-traffic.ts'
import type { Become, Connect, HostSession } from './session.ts'
import { prepare } from './shell/prelude.ts'
import { RoundTrips } from './shell/round-trips.ts'
import { ShellPool, type PooledShell } from './shell/shell-pool.ts'
import { Shell } from './shell/shell.ts'
import { UnknownValueError } from '../value/unknown.ts'

/** OpenSSH servers allow ten sessions on a connection unless told otherwise. */
const SHELLS_PER_USER = 5

/** A session with a host; nothing is connected before it is first used. */
export function openSession(target: ConnectionTarget, connect: Connect, tell: Tell = () => undefined): HostSession {
  return new ConnectedSession(target, connect, tell)
}

/** Takes the command lines that make other users' shells, for people to read. */
type Tell = (command: string) => void

interface UserConversation {
  readonly pool: ShellPool
  readonly remote: Promise<Remote>
}

class ConnectedSession implements HostSession {
  readonly host: string
  readonly #target: ConnectionTarget
  readonly #connect: Connect
  readonly #tell: Tell
  readonly #traffic = new SessionTraffic()
  readonly #roundTrips = new RoundTrips(this.#traffic)
  readonly #users = new Map<string, UserConversation>()
  readonly #predicted = new Map<Remote, Remote>()
  readonly #overlay = new Overlay()
  readonly #services: HostServices
  #connection: Promise<Connection> | undefined
  /** The same, once it is there. */
  #opened: Connection | undefined
  #closed = false

  constructor(target: ConnectionTarget, connect: Connect, tell: Tell) {
    this.host = target.host
    this.#target = target
    this.#connect = connect
    this.#tell = tell
    this.#services = {
      host: target.host, observers: new Observers(this.#overlay), resources: new Resources(),
      dial: async (place) => {
        const answered = this.#roundTrips.begin()
        return (await this.#connected()).dial(place).finally(answered)
      },
      leave: (users) => this.#leave(users),
    }
  }

  get traffic(): Traffic {
    return this.#traffic
  }

  async remote(become?: Become): Promise<Remote> {
    // Whoever is to be the user that logs in already is.
    if (become !== undefined && become.always !== true && become.user === (await this.#connected()).user) return this.remote()
    const key = JSON.stringify(become ?? null)
    const kept = this.#users.get(key)
    if (kept !== undefined) return kept.remote
    const pool = new ShellPool(() => this.#openShell(become), SHELLS_PER_USER)
    const own: Partial<HostServices> = become === undefined ? {} : { dial: (place) => this.#dialAs(become, place) }
    const remote = pool.share(({ dialect }) => Promise.resolve(new RealRemote(pool, dialect, { ...this.#services, ...own, start: () => this.#startProgram(become) })))
    this.#users.set(key, { pool, remote })
    remote.catch(() => { this.#users.delete(key) })
    return remote
  }

  async predicted(become?: Become): Promise<Remote> {
    const real = await this.remote(become).catch((error: unknown) => { throw this.#isForetold(become) ? new UnknownValueError(`what the user ${become?.user ?? ''} may do, who is only to be made`) : error })
    const kept = this.#predicted.get(real) ?? new PredictedRemote(real, this.#overlay)
    this.#predicted.set(real, kept)
    return kept
  }

  /** Whether a user is one whose account only check mode believes in, or believes to be another. */
  #isForetold(become: Become | undefined): boolean {
    return become !== undefined && this.#overlay.unknownByName(accountProbe('passwd', become.user)) !== undefined
  }

  async trial(become?: Become): Promise<Remote> {
    return new PredictedRemote(await this.remote(become), new Overlay())
  }

  async reset(): Promise<void> {
    for (const { pool } of this.#users.values()) pool.close()
    this.#services.observers.drop()
    await this.#services.resources.dispose()
    await this.#disconnect()
  }

  async close(): Promise<void> {
    // What is kept open on the host is ended by its shells, so before they are; there is no way to it any more where the connection was lost.
    if (this.#opened !== undefined && this.#opened.failure === undefined) await this.#services.resources.dispose()
    // Questions asked ahead of their turn may still want a shell: nobody waits for their answers any more.
    this.#closed = true
    return this.reset()
  }

  /** Whoever is to be one of these users again gets new shells. */
  async #leave(users: readonly string[]): Promise<void> {
    const left = [...this.#users].filter(([key]) => users.includes((JSON.parse(key) as Become | null)?.user ?? ''))
    if (left.length === 0) return
    for (const [, { pool }] of left) pool.close()
    await this.#services.resources.dispose()
  }

  async #openShell(become: Become | undefined): Promise<PooledShell> {
    const connection = await this.#connected()
    const channel = await this.#startShell(connection, become)
    if (this.#closed) channel.kill()
    const name = become === undefined ? this.host : `${this.host} as ${become.user}`
    const shell = new Shell(channel, { name, roundTrips: this.#roundTrips })
    return { shell, dialect: await prepare(shell) }
  }

  async #startProgram(become: Become | undefined): Promise<ProgramChannel> {
    const connection = await this.#connected()
    const channel = await this.#startShell(connection, become)
    return { ...channel, asked: () => this.#roundTrips.begin(), connected: () => connection.failure === undefined }
  }

  /** A Unix socket's server may ask who is at the other end: it must be the user that the task runs as. */
  async #dialAs(become: Become, place: DialTarget): Promise<Duplex> {
    if (place.kind === 'tcp') return this.#services.dial(place)
    const { dialByRelay } = await import('../connection/process/relay.ts')
    const connection = await this.#connected()
    const start = async (source: string): Promise<Channel> => {
      const channel = await this.#startShell(connection, become)
      // What a server says at once must wait for its reader.
      channel.stdout.pause()
      channel.stdin.write(`${source}\n`)
      return channel
    }
    return dialByRelay(place, start, `${this.host} as ${become.user}`)
  }

  #startShell(connection: Connection, become: Become | undefined): Promise<Channel> {
    const answered = this.#roundTrips.begin()
    if (become !== undefined) this.#tell(shownBecome(become))
    const started = become === undefined ? connection.start('exec /bin/sh') : becomeUser(connection, become, this.#target)
    return started.finally(answered)
  }

  /** The open connection; one that was lost is opened anew, and nothing that was known counts any more. */
  async #connected(): Promise<Connection> {
    if (this.#closed) throw new ConnectionError('lost', `Cannot talk to ${this.host}: the conversation is over`)
    const opened = this.#connection ??= this.#open()
    const connection = await opened
    if (connection.failure === undefined) return connection
    // Of all who notice the loss, the first cleans up.
    if (this.#connection === opened) await this.reset()
    return this.#connected()
  }

  async #open(): Promise<Connection> {
    const answered = this.#roundTrips.begin()
    try {
      const connection = await this.#connect(this.#target)
      this.#traffic.follow(connection.traffic)
      this.#opened = connection
      return connection
    } catch (error) {
      this.#connection = undefined
      throw error
    } finally {
      answered()
    }
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    this.#opened = undefined
    await (await connection?.catch(() => undefined))?.close()
  }
}
