import { quoteAll } from '../../text/shell-quote.ts'
import type { Observers } from '../host-services.ts'
import type { ObservationCache } from '../read/observation-cache.ts'
import { guarded } from '../read/reader.ts'
import { answerAll, type Answers } from '../read/reads.ts'
import { CommandError } from '../remote.ts'
import type { PooledShell, ShellPool } from '../shell/shell-pool.ts'
import type { FrameResult, NoteSource } from '../shell/shell.ts'
import type { FileChange } from './file-changes.ts'

export interface ChangesOptions {
  readonly pool: ShellPool
  /** The cache of the user who makes the changes. */
  readonly cache: ObservationCache
  /** All that is known of the host. */
  readonly observers: Observers
}

interface Sent {
  readonly result: Promise<FrameResult>
  /** What the path and its folder are like afterwards, where that was known before. */
  readonly again: Answers
}

/** Makes typed changes of files: those issued together travel together, and none waits for the answer of another. */
export class Changes {
  readonly #options: ChangesOptions
  #underWay = 0

  constructor(options: ChangesOptions) {
    this.#options = options
  }

  async make(change: FileChange): Promise<void> {
    const { cache, observers } = this.#options
    const effects = { paths: change.touches }
    // What had been asked about before is likely to be asked about again: the new answer travels with the change.
    const known = this.#underWay === 0 ? cache.statsAt(change.touches) : []
    observers.drop(effects)
    const { generation } = cache
    let linked = false
    let again: Answers = []
    this.#underWay++
    try {
      const sent = await this.#send(change, { onNote: () => { linked = true }, known })
      again = sent.again
      const result = await sent.result
      if (result.status !== 0) throw new CommandError(change.summary, result)
    } finally {
      this.#underWay--
      const undisturbed = cache.generation === generation
      // A change over links has changed paths of other names, too.
      if (linked) observers.clear()
      else observers.drop(effects)
      if (undisturbed && !linked) for (const { probe, answer } of again) cache.keep(probe, answer)
    }
  }

  #send(change: FileChange, { onNote, known }: { readonly onNote: () => void, readonly known: readonly Answers[number]['probe'][] }): Promise<Sent> {
    const { pool } = this.#options
    const { payload } = change
    const source = (note: NoteSource): string => withLinkCheck(change, note)
    if (payload !== undefined) {
      return pool.use(async ({ shell }) => {
        const result = shell.run({ source: (note) => `( ${source(note)}\n)`, onNote, payload })
        await result.catch(() => undefined)
        return { result, again: [] }
      })
    }
    return pool.share(({ shell, dialect }: PooledShell) => {
      const result = shell.run({ source: (note) => guarded(source(note)), onNote })
      return Promise.resolve({ result, again: answerAll({ ask: (text) => shell.run({ source: text }), dialect }, known) })
    })
  }
}

/** The change, and a note when one of its paths leads over symbolic links. */
function withLinkCheck({ source, touches }: FileChange, note: NoteSource): string {
  return `${source}\n_tsplay_result=$?\nif _tsplay_linked ${quoteAll(touches)}; then ${note('linked')}; fi\nexit "$_tsplay_result"`
}
