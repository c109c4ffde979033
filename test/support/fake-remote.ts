import { createHash } from 'node:crypto'
import { dirname } from 'node:path/posix'
import type { Duplex } from 'node:stream'
import type { ExecRequest, ExecResult } from '../../src/remote/exec.ts'
import type { FileAttributes, FileEntry, FileStat, ListOptions } from '../../src/remote/files.ts'
import type { FileProbe, Probe } from '../../src/remote/probe.ts'
import { CommandError, type Remote, type Resource } from '../../src/remote/remote.ts'
import type { Effects, Write } from '../../src/remote/write.ts'
import { UnknownValueError } from '../../src/value/unknown.ts'
import { FakeFiles, type FakeNode, type FileSpec } from './fake-files.ts'

/** What the host answers to a script. */
export interface Answer {
  readonly status?: number
  readonly stdout?: string
  /** For output that is no text. */
  readonly base64?: string
  readonly stderr?: string
}

/** Answer to a command, found by its exact script or by a pattern, and what is different afterwards. */
export interface CommandAnswer extends Answer {
  readonly script?: string
  readonly matches?: string
  /** Files afterwards; null is one that is gone. */
  readonly files?: Readonly<Record<string, FileSpec | null>>
  readonly probes?: Readonly<Record<string, Answer>>
}

export interface FakeHost {
  readonly host?: string
  readonly user?: string
  readonly files?: Readonly<Record<string, FileSpec>>
  readonly probes?: Readonly<Record<string, Answer>>
  readonly exec?: readonly CommandAnswer[]
}

/** A host in memory, for the JSON cases of modules. Never stands in for a server: lab tests use real ones. */
export class FakeRemote implements Remote {
  readonly host: string
  readonly user: string
  readonly files: FakeFiles
  /** What was done, in order: `writeFile /etc/motd`, or the summary of a write, or a script. */
  readonly done: string[] = []
  /** Groups of reads issued together. */
  rounds = 0
  /** While true it answers as the predicted remote of check mode: commands are not run. */
  predicting = false
  readonly #probes: Map<string, Answer>
  readonly #predicted = new Map<string, unknown>()
  readonly #exec: readonly CommandAnswer[]
  #batch: Promise<void> | undefined

  constructor({ host = 'target', user = 'root', files = {}, probes = {}, exec = [] }: FakeHost = {}) {
    this.host = host
    this.user = user
    this.files = new FakeFiles(files)
    this.#probes = new Map(Object.entries(probes))
    this.#exec = exec
  }

  async read<T>(probe: Probe<T>): Promise<T> {
    await this.#roundTrip()
    if (probe.kind !== 'script') return probe.parse(await this.#fileAnswer(probe))
    if (this.#predicted.has(probe.key)) return this.#predicted.get(probe.key) as T
    const answer = this.#answerOf(probe.key)
    if (answer === undefined) throw new Error(`The case has no answer for probe '${probe.key}':\n${probe.script}`)
    return probe.parse(resultOf(answer))
  }

  async write({ summary, command, effects }: Write): Promise<ExecResult> {
    this.done.push(summary)
    const answer = this.#answerTo(command)
    const result = resultOf(answer ?? {})
    if (result.status !== 0) throw new CommandError(summary, result)
    for (const { probe, answer: predicted } of effects.predictions ?? []) if (probe.kind === 'script') this.#predicted.set(probe.key, predicted)
    this.#afterwards(answer)
    return Promise.resolve(result)
  }

  async exec(request: ExecRequest, _effects?: Effects): Promise<ExecResult> {
    if (this.predicting) throw new UnknownValueError('a command that is not run')
    this.done.push(request.script)
    const answer = this.#answerTo(request)
    if (answer === undefined) throw new Error(`The case has no answer for command '${request.script}'`)
    this.#afterwards(answer)
    return Promise.resolve(resultOf(answer))
  }

  dial(): Promise<Duplex> {
    return Promise.reject(new Error('The fake remote has no servers'))
  }

  start(): Promise<never> {
    return Promise.reject(new Error('The fake remote has no programs'))
  }

  async resource<T>(_key: string, create: () => Promise<Resource<T>>): Promise<T> {
    return (await create()).value
  }

  forget(): void {
    this.#predicted.clear()
  }

  async stat(path: string): Promise<FileStat | undefined> {
    await this.#roundTrip()
    return this.files.stat(path, true)
  }

  async lstat(path: string): Promise<FileStat | undefined> {
    await this.#roundTrip()
    return this.files.stat(path, false)
  }

  async readFile(path: string): Promise<Buffer | undefined> {
    await this.#roundTrip()
    const found = this.files.find(path, true)
    if (found === undefined) return undefined
    if (found.node.type === 'directory') throw new CommandError(`read ${path}`, resultOf({ status: 1, stderr: `${path}: Is a directory` }))
    return found.node.content
  }

  async readText(path: string): Promise<string | undefined> {
    return (await this.readFile(path))?.toString('utf8')
  }

  async sha256(path: string): Promise<string | undefined> {
    await this.#roundTrip()
    const node = this.files.find(path, true)?.node
    if (node?.type === 'directory') throw new CommandError(`read ${path}`, resultOf({ status: 1, stderr: 'not a regular file' }))
    return node?.type === 'file' ? createHash('sha256').update(node.content).digest('hex') : undefined
  }

  async list(path: string, options: ListOptions = {}): Promise<readonly FileEntry[] | undefined> {
    await this.#roundTrip()
    const found = this.files.find(path, true)
    if (found?.node.type !== 'directory') return undefined
    const depthOf = (entry: FileEntry): number => entry.path.slice(found.path.length).split('/').filter((part) => part !== '').length
    return this.files.below(found.path).filter((entry) => options.depth === undefined || depthOf(entry) <= options.depth)
      .map((entry) => ({ ...entry, path: path.replace(/\/$/, '') + entry.path.slice(found.path === '/' ? 0 : found.path.length) }))
  }

  async writeFile(path: string, content: Uint8Array | string, attributes: FileAttributes = {}): Promise<void> {
    this.done.push(`writeFile ${path}`)
    const node = this.files.put(this.#place(path, false), { ...this.#keptOf(path), content: Buffer.from(content) })
    this.files.set(node, attributes)
    return Promise.resolve()
  }

  async setAttributes(path: string, attributes: FileAttributes, options: { readonly recursive?: boolean, readonly followLink?: boolean } = {}): Promise<void> {
    this.done.push(`setAttributes ${path}`)
    const found = this.files.find(path, options.followLink ?? true)
    if (found === undefined) throw new CommandError(`set attributes of ${path}`, resultOf({ status: 1, stderr: 'No such file or directory' }))
    this.files.set(found.node, attributes)
    if (options.recursive) for (const { path: below } of this.files.below(found.path)) this.files.set(this.#node(below), attributes)
    return Promise.resolve()
  }

  async makeDirectory(path: string, attributes: FileAttributes = {}): Promise<void> {
    this.done.push(`makeDirectory ${path}`)
    const missing: string[] = []
    for (let at = path.replace(/\/+$/, ''); at !== '/' && this.files.find(at, true) === undefined; at = dirname(at)) missing.unshift(at)
    for (const folder of missing) {
      const node = this.files.put(this.#place(folder, true), { type: 'directory', mode: 0o755, owner: this.user, group: this.user })
      this.files.set(node, attributes)
    }
    return Promise.resolve()
  }

  async makeSymbolicLink(path: string, target: string): Promise<void> {
    this.done.push(`makeSymbolicLink ${path} -> ${target}`)
    this.files.put(this.#place(path, false), { type: 'link', target, owner: this.user, group: this.user })
    return Promise.resolve()
  }

  async makeHardLink(path: string, target: string): Promise<void> {
    this.done.push(`makeHardLink ${path} -> ${target}`)
    this.files.nodes.set(this.#place(path, false), this.#node(target))
    return Promise.resolve()
  }

  async remove(path: string): Promise<void> {
    this.done.push(`remove ${path}`)
    this.files.remove(this.#place(path, false))
    return Promise.resolve()
  }

  async move(from: string, to: string): Promise<void> {
    this.done.push(`move ${from} ${to}`)
    const target = this.#place(to, false)
    const source = this.#place(from, false)
    this.files.nodes.set(target, this.#node(source))
    for (const entry of this.files.below(source)) this.files.nodes.set(target + entry.path.slice(source.length), this.#node(entry.path))
    this.files.remove(source)
    return Promise.resolve()
  }

  async copy(from: string, to: string, attributes: FileAttributes = {}): Promise<void> {
    this.done.push(`copy ${from} ${to}`)
    const source = this.files.find(from, true)
    if (source === undefined) throw new CommandError(`copy ${from}`, resultOf({ status: 1, stderr: 'No such file or directory' }))
    const node = this.files.put(this.#place(to, false), { ...this.#keptOf(to), content: source.node.content })
    this.files.set(node, attributes)
    return Promise.resolve()
  }

  /** A file that is replaced passes its owner and permissions on. */
  #keptOf(path: string): Partial<FakeNode> {
    const before = this.files.nodes.get(this.#place(path, false))
    return before?.type === 'file' ? { mode: before.mode, owner: before.owner, group: before.group } : { owner: this.user, group: this.user }
  }

  #node(path: string): FakeNode {
    const node = this.files.nodes.get(path)
    if (node === undefined) throw new CommandError(`use ${path}`, resultOf({ status: 1, stderr: 'No such file or directory' }))
    return node
  }

  #place(path: string, follow: boolean): string {
    const real = this.files.resolve(path, follow)
    if (real === undefined || (real !== '/' && this.files.nodes.get(dirname(real))?.type !== 'directory')) {
      throw new CommandError(`write ${path}`, resultOf({ status: 1, stderr: `${path}: No such file or directory` }))
    }
    return real
  }

  /** A key of the case that ends in `*` stands for all that begin like it. */
  #answerOf(key: string): Answer | undefined {
    const prefix = [...this.#probes.keys()].find((other) => other.endsWith('*') && key.startsWith(other.slice(0, -1)))
    return this.#probes.get(key) ?? (prefix === undefined ? OWN_ANSWERS[key] : this.#probes.get(prefix))
  }

  async #fileAnswer({ kind, path, follow }: FileProbe<unknown>): Promise<unknown> {
    const answers: Readonly<Record<FileProbe<unknown>['kind'], () => Promise<unknown>>> = {
      stat: () => (follow ? this.stat(path) : this.lstat(path)),
      content: () => this.readFile(path),
      sha256: () => this.sha256(path),
      list: () => this.list(path),
    }
    return answers[kind]()
  }

  #answerTo({ script }: ExecRequest): CommandAnswer | undefined {
    return this.#exec.find((answer) => answer.script === script || (answer.matches !== undefined && new RegExp(answer.matches, 's').test(script)))
  }

  #afterwards(answer: CommandAnswer | undefined): void {
    for (const [key, value] of Object.entries(answer?.probes ?? {})) {
      this.#probes.set(key, value)
      this.#predicted.delete(key)
    }
    for (const [path, spec] of Object.entries(answer?.files ?? {})) {
      this.files.remove(path)
      if (spec !== null) this.files.create(path, spec)
    }
  }

  #roundTrip(): Promise<void> {
    if (this.#batch === undefined) {
      this.rounds++
      this.#batch = new Promise((resolve) => setImmediate(() => { this.#batch = undefined; resolve() }))
    }
    return this.#batch
  }
}

/** Answered for every case. */
const OWN_ANSWERS: Readonly<Record<string, Answer>> = { clock: { stdout: '1700000000.0' } }

function resultOf({ status = 0, stdout = '', base64, stderr = '' }: Answer): ExecResult {
  return { status, stdout: base64 === undefined ? Buffer.from(stdout) : Buffer.from(base64, 'base64'), stderr: Buffer.from(stderr) }
}
