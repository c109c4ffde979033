import { randomBytes } from 'node:crypto'
import { ConnectionError, type Channel, type ChannelEnd } from '../../connection/connection.ts'
import { FrameStream, type Marker } from './frame-stream.ts'
import type { RoundTrips } from './round-trips.ts'

/** One request to the shell. */
export interface Frame {
  /** sh source, run by the shell itself; what may exit, change folder or set variables must be in a subshell. `note` prints a note. */
  readonly source: string | ((note: NoteSource) => string)
  /** Bytes for the stdin of the frame, sent after the shell has said that it is ready; such a frame is the shell's last. */
  readonly payload?: Uint8Array
  readonly onNote?: (text: string) => void
}

/** sh source that prints a note with a word that is expanded by the shell. */
export type NoteSource = (word: string) => string

export interface FrameResult {
  /** What the frame's source left in `$?`. */
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: Buffer
}

export interface ShellOptions {
  /** For messages: the host, and the user when it is another. */
  readonly name: string
  readonly roundTrips: RoundTrips
}

interface Pending {
  readonly frame: Frame
  readonly resolve: (result: FrameResult) => void
  readonly reject: (error: Error) => void
  readonly answered: () => void
  status?: number
  stdout: Buffer[]
  stdoutEnded: boolean
  stderr?: Buffer
}

const DRAIN_MILLISECONDS = 500

/**
 * A long-lived `sh` at the other end of a channel. Frames are written to its stdin one after the other without waiting; each ends with a marker on
 * both output streams, so nothing depends on a stream's end. The token is only ever in the text of frames: not in a variable, argv or environment.
 */
export class Shell {
  readonly #channel: Channel
  readonly #options: ShellOptions
  readonly #token = randomBytes(18).toString('base64url')
  readonly #pending = new Map<number, Pending>()
  readonly #stdout: FrameStream
  readonly #stderr: FrameStream
  #outbox: string[] = []
  #sequence = 0
  #failure: ConnectionError | undefined
  #retired = false

  constructor(channel: Channel, options: ShellOptions) {
    this.#channel = channel
    this.#options = options
    this.#stdout = new FrameStream(this.#token, (marker, output) => { this.#takeStdout(marker, output) })
    this.#stderr = new FrameStream(this.#token, (marker, output) => { this.#takeStderr(marker, output) })
    channel.stdout.on('data', (chunk: Buffer) => { this.#stdout.push(chunk) })
    channel.stderr.on('data', (chunk: Buffer) => { this.#stderr.push(chunk) })
    void channel.ended.then((end) => this.#end(end))
  }

  /** No frame can be sent any more. */
  get retired(): boolean {
    return this.#retired || this.#failure !== undefined
  }

  /** Sends a frame behind those sent before; frames of one tick leave together. */
  run(frame: Frame): Promise<FrameResult> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    const sequence = this.#sequence++
    if (frame.payload !== undefined) this.#retired = true
    return new Promise((resolve, reject) => {
      this.#pending.set(sequence, { frame, resolve, reject, answered: this.#options.roundTrips.begin(), stdout: [], stdoutEnded: false })
      this.#send(this.#text(frame, sequence))
    })
  }

  /** Takes no more frames, and closes the channel when all are answered: whoever still holds its streams writes into the void. */
  retire(): void {
    this.#retired = true
    if (this.#pending.size === 0) this.close()
  }

  close(): void {
    this.#failure ??= new ConnectionError('lost', `The shell on ${this.#options.name} is closed`)
    this.#channel.kill()
    this.#rejectAll(this.#failure)
  }

  #text(frame: Frame, sequence: number): string {
    const mark = (kind: string, word: string): string => `printf '%s' '${this.#token}:${sequence}:${kind}'${word}';'`
    const source = typeof frame.source === 'string' ? frame.source : frame.source((word) => mark('n', word))
    const end = `${mark('e', '$?')}; ${mark('e', '')} >&2`
    // A last frame is parsed as a whole before its payload is sent, and exits before it could take the payload for commands.
    return frame.payload === undefined ? `${source}\n${end}\n` : `{ ${mark('n', 'ready')}\n${source}\n${end}; exit 0; }\n`
  }

  #send(text: string): void {
    if (this.#outbox.push(text) > 1) return
    queueMicrotask(() => {
      const texts = this.#outbox
      this.#outbox = []
      this.#channel.stdin.write(texts.join(''))
    })
  }

  #takeStdout(marker: Marker, output: Buffer): void {
    const pending = this.#pending.get(marker.sequence)
    if (pending === undefined) return
    pending.stdout.push(output)
    if (marker.kind === 'note') return this.#takeNote(pending.frame, marker.text)
    pending.status = Number(marker.text)
    pending.stdoutEnded = true
    this.#finish(marker.sequence, pending)
  }

  #takeStderr(marker: Marker, output: Buffer): void {
    const pending = this.#pending.get(marker.sequence)
    if (pending === undefined) return
    pending.stderr = output
    this.#finish(marker.sequence, pending)
  }

  #takeNote(frame: Frame, text: string): void {
    if (text === 'ready' && frame.payload !== undefined) this.#channel.stdin.end(frame.payload)
    else frame.onNote?.(text)
  }

  #finish(sequence: number, { status, stdout, stdoutEnded, stderr, resolve, answered }: Pending): void {
    if (!stdoutEnded || status === undefined || stderr === undefined) return
    this.#pending.delete(sequence)
    answered()
    resolve({ status, stdout: stdout.length === 1 ? (stdout[0] ?? Buffer.alloc(0)) : Buffer.concat(stdout), stderr })
    if (this.#retired && this.#pending.size === 0) this.close()
  }

  async #end(end: ChannelEnd): Promise<void> {
    if (this.#pending.size > 0 && end.kind === 'exited') await this.#drained()
    this.#failure ??= lossOf(this.#options.name, end, Buffer.concat([this.#stdout.rest(), this.#stderr.rest()]))
    this.#rejectAll(this.#failure)
  }

  /** The status of a process may be known before its last output has been read. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, DRAIN_MILLISECONDS)
      this.#channel.stdout.once('end', () => { clearTimeout(timer); setImmediate(resolve) })
    })
  }

  #rejectAll(error: ConnectionError): void {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of pending) reject(error)
  }
}

function lossOf(name: string, end: ChannelEnd, rest: Buffer): ConnectionError {
  if (end.kind === 'lost' && end.error !== undefined) return end.error
  const said = rest.toString('utf8').trim().slice(-500)
  const how = end.kind === 'lost' ? end.reason : `with status ${end.status}`
  return new ConnectionError('lost', `The shell on ${name} ended (${how})${said === '' ? '' : `: ${said}`}`)
}
