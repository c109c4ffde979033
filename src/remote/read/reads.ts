import { quote, quoteAll } from '../../text/shell-quote.ts'
import { statProbe, type FileAnswers } from '../file-probes.ts'
import type { FileProbe, Probe, ScriptProbe } from '../probe.ts'
import type { ShellPool } from '../shell/shell-pool.ts'
import type { ObservationCache } from './observation-cache.ts'
import { readChecksums } from './read-checksums.ts'
import { readContents } from './read-contents.ts'
import { readList } from './read-list.ts'
import { readLinkStats, readStats } from './read-stats.ts'
import { guarded, type Reader } from './reader.ts'

interface Question {
  readonly probe: Probe<unknown>
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Paths in one process: far below what a command line may hold, and few enough for a quadratic loop in sh. */
const GROUP = 100

/** Collects the questions asked in one tick, and asks them together; answers come from the cache where it has them. */
export class Reads {
  readonly #pool: ShellPool
  readonly #cache: ObservationCache
  #questions: Question[] = []

  constructor(pool: ShellPool, cache: ObservationCache) {
    this.#pool = pool
    this.#cache = cache
  }

  read<T>(probe: Probe<T>): Promise<T> {
    const kept = this.#cache.get(probe.key)
    if (kept !== undefined) return kept.then((raw) => parse(probe, raw))
    const itself = probe.kind === 'stat' && probe.follow ? this.#cache.get(statProbe(probe.path, false).key) : undefined
    return itself === undefined ? this.#ask(probe) : this.#askOnlyOfLink(probe, itself)
  }

  /** What is known of a path itself is what following it would tell, unless it is a link. */
  async #askOnlyOfLink<T>(probe: Probe<T>, itself: Promise<unknown>): Promise<T> {
    const stat = await itself as FileAnswers['stat']
    return stat?.type === 'link' ? this.#ask(probe) : parse(probe, stat)
  }

  async #ask<T>(probe: Probe<T>): Promise<T> {
    const answer = new Promise<unknown>((resolve, reject) => {
      // Everything that runs without waiting for the network has asked by the time of the next immediate.
      if (this.#questions.push({ probe, resolve, reject }) === 1) setImmediate(() => { this.flush() })
    })
    this.#cache.keep(probe, answer)
    return parse(probe, await answer)
  }

  /** Sends what has been asked so far; done before a write, so that questions asked before it are answered before it. */
  flush(): void {
    const questions = this.#questions
    if (questions.length === 0) return
    this.#questions = []
    this.#pool.share(async ({ shell, dialect }) => {
      const reader: Reader = { ask: (source) => shell.run({ source }), dialect }
      // The first answer, so that what it says is known when the others are used.
      await Promise.all([this.#noteLinks(reader, questions), askAll(reader, questions)])
    }).catch((error: unknown) => {
      for (const { reject } of questions) reject(error)
    })
  }

  async #noteLinks({ ask }: Reader, questions: readonly Question[]): Promise<void> {
    const keys = new Map<string, string[]>()
    for (const { probe } of questions) for (const path of pathsOf(probe)) keys.set(path, [...(keys.get(path) ?? []), probe.key])
    const paths = [...keys.keys()].sort()
    if (paths.length === 0) return
    const { stdout } = await ask(guarded(linkedSource(paths)))
    for (const index of stdout.toString('latin1').split(' ').filter((word) => word !== '')) {
      for (const key of keys.get(paths[Number(index)] ?? '') ?? []) this.#cache.markLinked(key)
    }
  }
}

/** Answers that are under way. */
export type Answers = readonly { readonly probe: Probe<unknown>, readonly answer: Promise<unknown> }[]

/** Asks all at once, without a cache. */
export function answerAll(reader: Reader, probes: readonly Probe<unknown>[]): Answers {
  const questions: Question[] = []
  const answers = probes.map((probe) => {
    const answer = new Promise<unknown>((resolve, reject) => { questions.push({ probe, resolve, reject }) })
    // Nobody may ever ask for it.
    answer.catch(() => undefined)
    return { probe, answer }
  })
  void askAll(reader, questions)
  return answers
}

/** Paths that a question is about. */
function pathsOf(probe: Probe<unknown>): readonly string[] {
  return probe.kind === 'script' ? probe.readsPaths ?? [] : [probe.path]
}

function parse<T>(probe: Probe<T>, raw: unknown): T {
  return probe.kind === 'script' ? probe.parse(raw as Parameters<ScriptProbe<T>['parse']>[0]) : probe.parse(raw)
}

/** Prints the numbers of the paths that lead over links; builtins only. */
function linkedSource(paths: readonly string[]): string {
  return `i=0; for p in ${quoteAll(paths)}; do if _tsplay_linked "$p"; then printf '%s ' $i; fi; i=$((i + 1)); done`
}

type Answerer = (reader: Reader, probes: readonly FileProbe<unknown>[]) => Promise<readonly (unknown)[]>

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  stat: (reader, probes) => readStats(reader, probes.map(({ path }) => path)),
  lstat: (reader, probes) => readLinkStats(reader, probes.map(({ path }) => path)),
  content: ({ ask }, probes) => readContents(ask, probes),
  sha256: ({ ask }, probes) => readChecksums(ask, probes.map(({ path }) => path)),
  list: (reader, probes) => Promise.all(probes.map((probe): Promise<FileAnswers['list']> => readList(reader, probe.path, probe))),
}

async function askAll(reader: Reader, questions: readonly Question[]): Promise<void> {
  const groups = new Map<string, Question[]>()
  for (const question of questions) {
    const group = groupOf(question.probe)
    groups.set(group, [...(groups.get(group) ?? []), question])
  }
  const answered = [...groups].flatMap(([group, members]) => {
    const answerer = ANSWERERS[group]
    if (answerer === undefined) return members.map((question) => answerScript(reader, question))
    return slices(members).map((slice) => answer(reader, answerer, slice))
  })
  await Promise.all(answered)
}

function groupOf(probe: Probe<unknown>): string {
  return probe.kind === 'stat' && !probe.follow ? 'lstat' : probe.kind
}

function slices<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / GROUP) }, (_, index) => items.slice(index * GROUP, (index + 1) * GROUP))
}

async function answer(reader: Reader, answerer: Answerer, questions: readonly Question[]): Promise<void> {
  try {
    const answers = await answerer(reader, questions.map(({ probe }) => probe as FileProbe<unknown>))
    for (const [index, { resolve, reject }] of questions.entries()) {
      const given = answers[index]
      if (given instanceof Error) reject(given)
      else resolve(given)
    }
  } catch (error) {
    for (const { reject } of questions) reject(error)
  }
}

async function answerScript({ ask }: Reader, { probe, resolve, reject }: Question): Promise<void> {
  if (probe.kind !== 'script') return
  await ask(guarded(`eval ${quote(probe.script)}`)).then(resolve, reject)
}
