import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { ConnectionError, type ChannelEnd } from '../../connection/connection.ts'
import type { BackgroundJob } from '../../module/controller.ts'
import type { ModuleOutput } from '../../module/module-output.ts'
import type { ProgramChannel } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import type { Bundle } from './bundle.ts'
import { NO_PYTHON, startSource } from './start-source.ts'
import { MessageStream } from './message-stream.ts'

/** One run of a module. */
export interface PythonTask {
  readonly bundle: Bundle
  /** JSON */
  readonly args: string
  readonly environment: Readonly<Record<string, string>>
  /** `remote_tmp` */
  readonly folder: string
  /** How many files it may have open; 0 is as many as everybody. */
  readonly openFiles: number
  readonly job: BackgroundJob | undefined
  /** After which it is ended. */
  readonly seconds: number | undefined
}

export type PythonEnd =
  | { readonly kind: 'ended', readonly output: ModuleOutput }
  /** A job was left running; the path of its status file. */
  | { readonly kind: 'started', readonly path: string }
  | { readonly kind: 'late' }

/** The host has no Python, or not one that can be used. */
export class NoPythonError extends Error {
  readonly kind = 'no-python'
}

interface Answer {
  readonly id?: number
  readonly missing?: readonly string[]
  readonly broken?: string
  readonly started?: string
  readonly rc?: number
  readonly stdout?: string
  readonly stderr?: string
}

interface Pending {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
  readonly answered: () => void
}

const TERMINATE = 15
const KILL = 9
/** Milliseconds that a module has to end when it is told to. */
const GRACE = 1000

/** The Python process of one user on one host, which runs modules. */
export class Supervisor {
  /** What it was found to be: `/usr/bin/python3.11`. */
  readonly interpreter: string
  readonly #channel: ProgramChannel
  readonly #pending = new Map<number, Pending>()
  /** Bundles that it has. */
  readonly #known = new Set<string>()
  #sequence = 0
  #failure: Error | undefined

  private constructor(channel: ProgramChannel, interpreter: string) {
    this.#channel = channel
    this.interpreter = interpreter
  }

  /** Starts the first of the interpreters that is there. */
  static async start(channel: ProgramChannel, interpreters: readonly string[], host: string): Promise<Supervisor> {
    const token = randomBytes(18).toString('base64url')
    const answered = channel.asked()
    const { promise: greeted, resolve, reject } = later<Supervisor>()
    let supervisor: Supervisor | undefined
    const messages = new MessageStream(token, (message) => {
      if (supervisor === undefined) resolve(supervisor = new Supervisor(channel, String((message as { readonly python?: string }).python)))
      else supervisor.#take(message as Answer)
    })
    let said = ''
    channel.stdout.on('data', (chunk: Buffer) => { messages.push(chunk) })
    channel.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-2000) })
    void channel.ended.then((end) => {
      if (supervisor === undefined) reject(noPython({ interpreters, host, said, isAbsent: messages.rest() === NO_PYTHON }))
      else supervisor.#end(endedOn({ host, end, said: said.trim(), connected: channel.connected() }))
    })
    channel.stdin.write(startSource(interpreters, token))
    return greeted.finally(answered)
  }

  get ended(): boolean {
    return this.#failure !== undefined
  }

  /** Runs a module; what it lacks of the bundle is sent after it has said so, which is once for each host. */
  async run(task: PythonTask): Promise<PythonEnd> {
    const { bundle } = task
    const request = {
      bundle: bundle.id, module: bundle.module, args: task.args, environment: task.environment, tmp: task.folder,
      files_open: task.openFiles, ...(task.job && { job: jobOf(task.job) }),
    }
    const first = await this.#ask(this.#known.has(bundle.id) ? request : { ...request, files: bundle.files }, task.seconds)
    if (first === 'late') return { kind: 'late' }
    const answer = first.missing === undefined ? first : await this.#ask({ ...request, files: bundle.files, sources: packed(bundle, first.missing) }, task.seconds)
    if (answer === 'late') return { kind: 'late' }
    if (answer.broken !== undefined) throw new Error(`The Python that runs modules cannot run this one: ${answer.broken}`)
    this.#known.add(bundle.id)
    return endOf(answer)
  }

  /** Modules that still run have been given up, and are ended. */
  async close(): Promise<void> {
    for (const id of this.#pending.keys()) this.#send({ kill: id, signal: KILL })
    this.#end(new ConnectionError('lost', 'The Python that runs modules was closed'))
    this.#channel.stdin.end()
    await Promise.race([this.#channel.ended, new Promise((resolve) => { setTimeout(resolve, GRACE / 2).unref() })])
    this.#channel.kill()
  }

  async #ask(request: JsonObject, seconds: number | undefined): Promise<Answer | 'late'> {
    if (this.#failure !== undefined) throw this.#failure
    const id = this.#sequence++
    const answer = new Promise<Answer>((resolve, reject) => { this.#pending.set(id, { resolve, reject, answered: this.#channel.asked() }) })
    this.#send({ ...request, id })
    if (seconds === undefined) return answer
    const { promise: late, resolve: give } = later<'late'>()
    const timer = setTimeout(() => { give('late') }, seconds * 1000)
    const first = await Promise.race([answer, late]).finally(() => { clearTimeout(timer) })
    if (first === 'late') await this.#kill(id, answer)
    return first
  }

  async #kill(id: number, answer: Promise<Answer>): Promise<void> {
    this.#send({ kill: id, signal: TERMINATE })
    const patience = new Promise((resolve) => { setTimeout(resolve, GRACE).unref() })
    await Promise.race([answer.catch(() => undefined), patience])
    if (this.#pending.has(id)) this.#send({ kill: id, signal: KILL })
  }

  #send(message: JsonObject): void {
    const data = Buffer.from(JSON.stringify(message))
    this.#channel.stdin.write(Buffer.concat([Buffer.from(`${data.length}\n`), data]))
  }

  #take(answer: Answer): void {
    const pending = answer.id === undefined ? undefined : this.#pending.get(answer.id)
    if (pending === undefined || answer.id === undefined) return
    this.#pending.delete(answer.id)
    pending.answered()
    pending.resolve(answer)
  }

  #end(error: Error): void {
    this.#failure ??= error
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of pending) reject(error)
  }
}

/** The connection may have gone, or Python alone. */
function endedOn({ host, end, said, connected }: { readonly host: string, readonly end: ChannelEnd, readonly said: string, readonly connected: boolean }): Error {
  const message = `The Python that runs modules on ${host} ended (${end.kind === 'lost' ? end.reason : `with status ${end.status}`})${said === '' ? '' : `: ${said}`}`
  if (end.kind === 'lost' && end.error !== undefined) return end.error
  return connected ? new Error(message) : new ConnectionError('lost', message)
}

interface Absence {
  readonly interpreters: readonly string[]
  readonly host: string
  readonly said: string
  readonly isAbsent: boolean
}

function noPython({ interpreters, host, said, isAbsent }: Absence): NoPythonError {
  if (isAbsent) return new NoPythonError(`there is no Python on ${host} (looked for ${interpreters.join(', ')})`)
  return new NoPythonError(`${interpreters.join(', ')} on ${host} does not work: ${said.trim() || 'it ended without a word'}`)
}

interface Later<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

function later<T>(): Later<T> {
  let resolve: Later<T>['resolve'] = () => undefined
  let reject: Later<T>['reject'] = () => undefined
  const promise = new Promise<T>((yes, no) => { resolve = yes; reject = no })
  return { promise, resolve, reject }
}

function endOf({ started, rc = 0, stdout = '', stderr = '' }: Answer): PythonEnd {
  return started === undefined ? { kind: 'ended', output: { rc, stdout, stderr } } : { kind: 'started', path: started }
}

function jobOf({ name, seconds, folder }: BackgroundJob): JsonObject {
  return { name, seconds, folder: folder ?? null }
}

function packed({ sources }: Bundle, sums: readonly string[]): JsonObject {
  return Object.fromEntries(sums.map((sum) => [sum, deflateSync(sources.get(sum) ?? '').toString('base64')]))
}
