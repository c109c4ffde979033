import { once } from 'node:events'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { quote } from '../../text/shell-quote.ts'
import { ConnectionError, type Channel, type ChannelEnd, type Connection, type DialTarget, type StartOptions, type Traffic } from '../connection.ts'
import { type Child, channelOf, endChild, startChild } from '../process/child-channel.ts'
import { channelStream } from '../process/channel-stream.ts'
import { dialHere, placeOf } from '../process/dial-here.ts'

export interface OpensshParts {
  /** The inventory name, for messages, and what ssh is given. */
  readonly name: string
  readonly host: string
  readonly user: string
  /** The program with its arguments up to the host. */
  readonly ssh: readonly string[]
  /** For sockets. */
  readonly folder: string
  readonly master: Child
  /** Seconds. */
  readonly timeout: number
  readonly environment: Readonly<Record<string, string>>
  readonly closed: () => void
}

/** What ssh exits with when it, and not the command, has failed; also for commands that a signal has ended. */
const SSH_FAILED = 255

/** A connection of the system's ssh; each command is a process of ssh here that shares it. */
export class OpensshConnection implements Connection {
  readonly description: string
  readonly user: string
  readonly traffic: Traffic = { bytesSent: 0, bytesReceived: 0, roundTrips: 0 }
  readonly #parts: OpensshParts
  readonly #children = new Set<Child>()
  #failure: ConnectionError | undefined
  #sockets = 0

  constructor(parts: OpensshParts) {
    this.#parts = parts
    this.user = parts.user
    this.description = `openssh ${parts.user}@${parts.host}`
    parts.master.once('exit', () => { this.#failure ??= new ConnectionError('lost', `The connection to ${parts.name} was lost`) })
  }

  get failure(): ConnectionError | undefined {
    return this.#failure
  }

  start(command: string, { terminal = false }: StartOptions = {}): Promise<Channel> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    const child = this.#ssh([...terminal ? ['-tt'] : [], this.#parts.host, command])
    return Promise.resolve(channelOf(child, (status) => this.#endOf(status)))
  }

  dial(target: DialTarget): Promise<Duplex> {
    return target.kind === 'tcp' ? this.#dialTcp(target.host, target.port) : this.#dialSocket(target.path)
  }

  close(): Promise<void> {
    this.#failure ??= new ConnectionError('lost', `The connection to ${this.#parts.name} is closed`)
    for (const child of this.#children) endChild(child)
    endChild(this.#parts.master)
    this.#parts.closed()
    return Promise.resolve()
  }

  #ssh(args: readonly string[]): Child {
    const child = startChild([...this.#parts.ssh, ...args], { environment: this.#parts.environment, detached: true })
    this.#children.add(child)
    child.once('close', () => this.#children.delete(child))
    return child
  }

  #endOf(status: number): ChannelEnd {
    if (status !== SSH_FAILED) return { kind: 'exited', status }
    return { kind: 'lost', reason: this.#failure?.message ?? 'ssh ended it', ...this.#failure && { error: this.#failure } }
  }

  /** Standard streams of ssh as a TCP connection. That it is open is told among the messages for debugging only. */
  async #dialTcp(host: string, port: number): Promise<Duplex> {
    const child = this.#ssh(['-vv', '-W', `${host.includes(':') ? `[${host}]` : host}:${port}`, this.#parts.host])
    const place = placeOf({ kind: 'tcp', host, port })
    const said = await opened(child)
    if (said !== undefined) throw new ConnectionError('refused', `Cannot reach ${place} from ${this.#parts.name}: ${said || 'ssh cannot open it'}`)
    return channelStream({ stdin: child.stdin, stdout: child.stdout, release: () => { endChild(child) } })
  }

  /** Forwards a socket of this machine to the one there. */
  async #dialSocket(path: string): Promise<Duplex> {
    const [test] = await once(this.#ssh([this.#parts.host, `test -S ${quote(path)}`]), 'exit') as [number | null]
    if (test !== 0) throw new ConnectionError('refused', `Cannot reach ${path} on ${this.#parts.name}: there is no such socket`)
    const local = join(this.#parts.folder, String(++this.#sockets))
    const forward = this.#ssh(['-O', 'forward', '-L', `${local}:${path}`, this.#parts.host])
    const [status] = await once(forward, 'exit') as [number | null]
    if (status !== 0) throw new ConnectionError('refused', `Cannot reach ${path} on ${this.#parts.name}: ssh cannot forward it`)
    return dialHere({ kind: 'socket', path: local }, this.#parts.timeout)
  }
}

/** Undefined when ssh says that the connection is open, else its last words. */
function opened(child: Child): Promise<string | undefined> {
  let said = ''
  return new Promise<string | undefined>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (/stdio_fwd: master session id/.test(said)) resolve(undefined)
    })
    child.once('close', () => { resolve(said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('debug')).join('; ')) })
  }).finally(() => { child.stderr.removeAllListeners('data').resume() })
}
