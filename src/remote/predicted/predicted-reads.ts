import { createHash } from 'node:crypto'
import { UnknownValueError } from '../../value/unknown.ts'
import type { FileAnswers } from '../file-probes.ts'
import type { FileProbe, Probe, ScriptProbe } from '../probe.ts'
import { readError } from '../read/classify.ts'
import type { Remote } from '../remote.ts'
import type { Overlay } from './overlay.ts'
import type { Tree } from './tree.ts'

/** Answers questions from what is predicted, and from the real host where nothing is. */
export class PredictedReads {
  readonly #overlay: Overlay
  readonly #tree: Tree
  readonly #real: Remote

  constructor(overlay: Overlay, tree: Tree, real: Remote) {
    this.#overlay = overlay
    this.#tree = tree
    this.#real = real
  }

  async read<T>(probe: Probe<T>): Promise<T> {
    if (this.#overlay.empty) return this.#real.read(probe)
    const predicted = this.#overlay.answer(probe)
    if (probe.kind !== 'script') return this.#readFile(probe, predicted)
    // A predicted answer is what the probe's `parse` would have made of the host's.
    if (predicted !== undefined) return predicted.answer as T
    const named = this.#overlay.unknownByName(probe)
    const cause = named ?? this.#overlay.unknownByPath(probe)
    if (cause === undefined) return this.#real.read(probe)
    if (named === undefined && probe.fresh !== undefined && await this.#isFresh(probe)) return probe.fresh
    throw new UnknownValueError(cause)
  }

  async #readFile<T>(probe: FileProbe<T>, predicted: { readonly answer: unknown } | undefined): Promise<T> {
    if (predicted !== undefined) return probe.parse(rawAnswer(probe, predicted.answer))
    const cause = this.#overlay.unknownByName(probe)
    if (cause !== undefined) throw new UnknownValueError(cause)
    return probe.parse(await this.#answer(probe))
  }

  /** Whether it asks about one file that is predicted where really nothing is. */
  async #isFresh({ readsPaths: [path, ...others] = [] }: ScriptProbe<unknown>): Promise<boolean> {
    if (path === undefined || others.length > 0) return false
    const { path: place, source } = await this.#tree.find(path, { follow: true })
    return source?.kind === 'entry' && (source.backing === undefined || source.isCopy === true) && await this.#real.lstat(place) === undefined
  }

  #answer(probe: FileProbe<unknown>): Promise<unknown> {
    const answers: { readonly [Kind in keyof FileAnswers]: () => Promise<FileAnswers[Kind]> } = {
      stat: async () => (await this.#tree.find(probe.path, { follow: probe.follow })).stat,
      content: () => this.#content(probe.path),
      sha256: () => this.#sha256(probe.path),
      list: () => this.#list(probe.path, probe.depth),
    }
    return answers[probe.kind]()
  }

  async #content(path: string): Promise<Buffer | undefined> {
    const file = await this.#file(path)
    return file?.real === undefined ? file?.content : this.#real.readFile(file.real)
  }

  /** A file's predicted bytes, or the real path that they are at. */
  async #file(path: string): Promise<{ readonly real: string } | { readonly real?: undefined, readonly content: Buffer } | undefined> {
    const { stat, source } = await this.#tree.find(path, { follow: true })
    if (stat === undefined) return undefined
    if (stat.type !== 'file') throw readError(path, 'other')
    if (source.kind === 'real') return { real: source.path }
    if (source.content === undefined && source.backing !== undefined) return { real: source.backing }
    return { content: source.content ?? Buffer.alloc(0) }
  }

  async #sha256(path: string): Promise<string | undefined> {
    const file = await this.#file(path)
    if (file === undefined) return undefined
    return file.real === undefined ? createHash('sha256').update(file.content).digest('hex') : this.#real.sha256(file.real)
  }

  async #list(path: string, depth: number | undefined): Promise<FileAnswers['list']> {
    const found = await this.#tree.find(path, { follow: true })
    if (found.stat?.type !== 'directory') return undefined
    const entries = await this.#tree.list(found.path, depth)
    return entries.map((entry) => ({ ...entry, path: path + entry.path.slice(found.path.length) })).sort((one, other) => (one.path < other.path ? -1 : 1))
  }
}

/** Predictions of text are given as text; the raw answer is bytes. */
function rawAnswer(probe: FileProbe<unknown>, answer: unknown): unknown {
  return probe.kind === 'content' && typeof answer === 'string' ? Buffer.from(answer) : answer
}
