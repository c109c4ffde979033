import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client, ClientChannel } from 'ssh2'
import { dialByRelay } from '../process/relay.ts'
import { ConnectionError, type Channel, type ChannelEnd, type Connection, type DialTarget, type StartOptions, type Traffic } from '../connection.ts'
import type { SshSettings } from './ssh-settings.ts'

/** Milliseconds that a server has to close the connection itself. */
const FAREWELL = 500

/** Milliseconds that a server has to end another session. */
const RESPITE = 150

/** An open SSH connection; `clients` are the hops to it, itself last, and `socket` is the TCP connection of the first. */
export class SshConnection implements Connection {
  readonly description: string
  readonly user: string
  readonly traffic: Traffic
  readonly #settings: SshSettings
  readonly #clients: readonly Client[]
  readonly #client: Client
  readonly #lost: Promise<ConnectionError>
  #failure: ConnectionError | undefined

  constructor(settings: SshSettings, clients: readonly Client[], socket: Socket) {
    const last = clients.at(-1)
    if (last === undefined) throw new TypeError('An SSH connection has at least one client')
    this.description = `ssh://${settings.user}@${settings.address}:${settings.port}`
    this.user = settings.user
    this.#settings = settings
    this.#clients = clients
    this.#client = last
    this.traffic = new SocketTraffic(socket)
    this.#lost = new Promise((resolve) => {
      for (const client of clients) this.#watch(client, resolve)
    })
  }

  get failure(): ConnectionError | undefined {
    return this.#failure
  }

  async start(command: string, options: StartOptions = {}): Promise<Channel> {
    const exec = (): Promise<Started> => this.#open((done) => {
      this.#client.exec(command, options.terminal === true ? { pty: { term: 'dumb' } } : {}, (error, channel) => {
        // What ends at once may be told to have ended before anybody who waits for the channel has it.
        done(error, { channel, ended: error === undefined ? this.#ended(channel) : NEVER })
      })
    })
    const { channel, ended } = await exec().catch(async (error: unknown) => {
      if (this.#failure !== undefined) throw error
      // dropbear may refuse a command while it ends another one; whoever means it refuses again.
      await delay(RESPITE)
      return exec()
    })
    // Writing to a channel that has gone is told by `ended`.
    channel.on('error', () => undefined)
    let tellKilled: (end: ChannelEnd) => void = () => undefined
    const killed = new Promise<ChannelEnd>((resolve) => { tellKilled = resolve })
    const kill = (): void => {
      channel.close()
      // The server answers only when the command has ended, which may be never.
      tellKilled({ kind: 'lost', reason: 'the channel was closed' })
    }
    return { stdin: channel, stdout: channel, stderr: channel.stderr, ended: Promise.race([killed, ended]), kill }
  }

  async dial(target: DialTarget): Promise<Duplex> {
    const stream = await this.#forward(target).catch((error: unknown) => {
      // Only servers of OpenSSH forward Unix sockets.
      if (target.kind === 'tcp' || !isUnknownChannel(error)) throw error
      return dialByRelay(target, (command) => this.start(command), this.#settings.name)
    })
    // Whoever waits for an answer on it must hear of the loss too.
    void this.#lost.then(() => stream.destroy())
    return stream
  }

  #forward(target: DialTarget): Promise<Duplex> {
    return this.#open<ClientChannel>((done) => {
      if (target.kind === 'tcp') this.#client.forwardOut('127.0.0.1', 0, target.host, target.port, done)
      else this.#client.openssh_forwardOutStreamLocal(target.path, done)
    })
  }

  close(): Promise<void> {
    this.#failure ??= new ConnectionError('lost', `The connection to ${this.#settings.name} is closed`)
    for (const client of [...this.#clients].reverse()) client.end()
    // A server that does not take the farewell must not keep the process alive.
    setTimeout(() => { for (const client of this.#clients) client.destroy() }, FAREWELL).unref()
    return Promise.resolve()
  }

  #watch(client: Client, tell: (error: ConnectionError) => void): void {
    client.removeAllListeners('error').removeAllListeners('close')
    const lose = (error?: Error & { level?: string }): void => {
      this.#failure ??= lossOf(this.#settings, error)
      tell(this.#failure)
      for (const other of this.#clients) other.destroy()
    }
    client.on('error', lose).once('close', () => { lose() })
  }

  /** Opens a channel; the loss of the connection meanwhile is told as such. */
  #open<T>(begin: (done: (error: Error | undefined, channel: T) => void) => void): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    const opened = new Promise<T>((resolve, reject) => {
      begin((error, channel) => {
        if (error === undefined) resolve(channel)
        else reject(this.#failure ?? new ConnectionError('refused', `Cannot open a channel on ${this.#settings.name}: ${error.message}`, { cause: error }))
      })
    })
    return Promise.race([opened, this.#lost.then((error) => { throw error })])
  }

  #ended(channel: ClientChannel): Promise<ChannelEnd> {
    const exited = new Promise<ChannelEnd>((resolve) => {
      channel.once('exit', (status: number | null, signal?: string) => {
        resolve(status === null ? { kind: 'lost', reason: `ended by ${signal ?? 'a signal'}` } : { kind: 'exited', status })
      })
      channel.once('close', () => { resolve({ kind: 'lost', reason: 'the channel was closed' }) })
    })
    return Promise.race([this.#lost.then((error): ChannelEnd => ({ kind: 'lost', reason: error.message, error })), exited])
  }
}

interface Started {
  readonly channel: ClientChannel
  readonly ended: Promise<ChannelEnd>
}

const NEVER = new Promise<never>(() => undefined)

/** The server does not know what is asked for, rather than failing at it (RFC 4254, 5.1: reason 3). */
function isUnknownChannel(error: unknown): boolean {
  const { cause } = error instanceof ConnectionError ? error : {}
  return cause instanceof Error && 'reason' in cause && cause.reason === 3
}

/** The bytes of the TCP connection, with everything that SSH adds. */
class SocketTraffic implements Traffic {
  roundTrips = 0
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
  }

  get bytesSent(): number {
    return this.#socket.bytesWritten
  }

  get bytesReceived(): number {
    return this.#socket.bytesRead
  }
}

function lossOf(settings: SshSettings, error: (Error & { level?: string }) | undefined): ConnectionError {
  if (error?.level === 'client-timeout') {
    return new ConnectionError('timeout', `${settings.name} has not answered for ${settings.timeout} s`, { cause: error })
  }
  return new ConnectionError('lost', `The connection to ${settings.name} was lost${error === undefined ? '' : `: ${error.message}`}`, { cause: error })
}
