import type { Duplex } from 'node:stream'
import type { DialTarget } from '../../connection/connection.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import type { ExecRequest, ExecResult } from '../exec.ts'
import type { FileAttributes } from '../files.ts'
import { normalizePath } from '../paths.ts'
import type { Probe } from '../probe.ts'
import { ProbedFiles } from '../probed-files.ts'
import type { ProgramChannel, Remote, Resource } from '../remote.ts'
import type { Effects, Foretold, Write } from '../write.ts'
import type { Overlay } from './overlay.ts'
import { PredictedReads } from './predicted-reads.ts'
import { PredictedWrites } from './predicted-writes.ts'
import { Tree } from './tree.ts'

/** The conversation of check mode: believes changes instead of making them, and answers as if they had been made. */
export class PredictedRemote extends ProbedFiles implements Remote {
  readonly host: string
  readonly user: string
  readonly #real: Remote
  readonly #overlay: Overlay
  readonly #reads: PredictedReads
  readonly #writes: PredictedWrites

  constructor(real: Remote, overlay: Overlay) {
    super()
    this.host = real.host
    this.user = real.user
    this.#real = real
    this.#overlay = overlay
    const tree = new Tree(overlay, real)
    this.#reads = new PredictedReads(overlay, tree, real)
    this.#writes = new PredictedWrites(overlay, tree, real)
  }

  override read<T>(probe: Probe<T>): Promise<T> {
    return this.#reads.read(probe)
  }

  async write({ summary, effects, foretold }: Write): Promise<ExecResult> {
    const cause = `'${summary}', which is not done in check mode`
    if (foretold !== undefined) await this.#foretell(foretold, cause)
    this.#overlay.believe(effects, cause)
    return { status: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
  }

  /** Where a file that it moves or keeps is not known, none of them is afterwards. */
  async #foretell({ paths, write }: Foretold, cause: string): Promise<void> {
    try {
      await write(this)
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error
      this.#overlay.believe({ paths }, cause)
    }
  }

  exec(_request: ExecRequest, effects: Effects = {}): Promise<ExecResult> {
    // The script is not named: it may hold secrets.
    const cause = 'a command that is not run in check mode'
    this.#overlay.believe(effects, cause)
    return Promise.reject(new UnknownValueError(cause))
  }

  writeFile(path: string, content: Uint8Array | string, attributes?: FileAttributes): Promise<void> {
    return this.#writes.writeFile(normalizePath(path), content, attributes)
  }

  setAttributes(path: string, attributes: FileAttributes, options?: { readonly recursive?: boolean, readonly followLink?: boolean }): Promise<void> {
    return this.#writes.setAttributes(normalizePath(path), attributes, options)
  }

  makeDirectory(path: string, attributes?: FileAttributes): Promise<void> {
    return this.#writes.makeDirectory(normalizePath(path), attributes)
  }

  makeSymbolicLink(path: string, target: string): Promise<void> {
    return this.#writes.makeSymbolicLink(normalizePath(path), target)
  }

  makeHardLink(path: string, target: string): Promise<void> {
    return this.#writes.makeHardLink(normalizePath(path), normalizePath(target))
  }

  remove(path: string): Promise<void> {
    return this.#writes.remove(normalizePath(path))
  }

  move(from: string, to: string): Promise<void> {
    return this.#writes.move(normalizePath(from), normalizePath(to))
  }

  copy(from: string, to: string, attributes?: FileAttributes): Promise<void> {
    return this.#writes.copy(normalizePath(from), normalizePath(to), attributes)
  }

  dial(target: DialTarget): Promise<Duplex> {
    return this.#real.dial(target)
  }

  start(): Promise<ProgramChannel> {
    return Promise.reject(new UnknownValueError('a program that is not started in check mode'))
  }

  resource<T>(key: string, create: () => Promise<Resource<T>>): Promise<T> {
    return this.#real.resource(key, create)
  }

  forget(): void {
    this.#real.forget()
  }
}
