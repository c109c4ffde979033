import { createHash } from 'node:crypto'
import { UnknownValueError } from '../../value/unknown.ts'
import type { FileAnswers } from '../file-probes.ts'
import type { FileProbe, Probe } from '../probe.ts'
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
    if (probe.kind !== 'script') return probe.parse(predicted === undefined ? await this.#answer(probe) : rawAnswer(probe, predicted.answer))
    // A predicted answer is what the probe's `parse` would have made of the host's.
    if (predicted !== undefined) return predicted.answer as T
    const cause = this.#overlay.unknownCause(probe)
    if (cause !== undefined) throw new UnknownValueError(cause)
    return this.#real.read(probe)
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
    const found = await this.#tree.find(path, { follow: true })
    if (found.stat === undefined) return undefined
    if (found.stat.type !== 'file') throw readError(path, 'other')
    if (found.source.kind === 'real') return this.#real.readFile(found.source.path)
    return found.source.content ?? (found.source.backing === undefined ? Buffer.alloc(0) : this.#real.readFile(found.source.backing))
  }

  async #sha256(path: string): Promise<string | undefined> {
    const found = await this.#tree.find(path, { follow: true })
    const real = found.stat === undefined ? undefined : found.source.kind === 'real' ? found.source.path : found.source.content === undefined ? found.source.backing : undefined
    if (real !== undefined) return this.#real.sha256(real)
    const content = await this.#content(path)
    return content === undefined ? undefined : createHash('sha256').update(content).digest('hex')
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
