import { isBelow } from '../paths.ts'
import type { FileStat } from '../files.ts'
import type { Effects } from '../write.ts'
import type { Probe } from '../probe.ts'
import { isTouched } from '../read/observation-cache.ts'

/** What check mode believes to be at a path. */
export type Node =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown', readonly cause: string }
  | PredictedEntry

export interface PredictedEntry {
  readonly kind: 'entry'
  readonly stat: FileStat
  /** Bytes of a file, where they do not come from `backing`. */
  readonly content?: Buffer
  /** The real path whose bytes, or whose entries for a folder, show through. */
  readonly backing?: string
  /** The bytes are those of `backing`, but the file is a new one. */
  readonly isCopy?: boolean
}

/** Where an answer about a path comes from: what was predicted for it, or the real host. */
export type Source = Node | { readonly kind: 'real', readonly path: string }

interface PredictedAnswer {
  readonly probe: Probe<unknown>
  readonly answer: unknown
}

interface UnknownKeys {
  readonly effects: Effects
  readonly cause: string
}

/** What check mode believes to be different from the real host; one for all users of a host. */
export class Overlay {
  readonly #nodes = new Map<string, Node>()
  readonly #answers = new Map<string, PredictedAnswer>()
  #unknownKeys: readonly UnknownKeys[] = []

  /** Nothing has been predicted, so the real host answers everything. */
  get empty(): boolean {
    return this.#nodes.size === 0 && this.#answers.size === 0 && this.#unknownKeys.length === 0
  }

  /** Where to look for a path whose parts are no links. */
  source(path: string): Source {
    for (let top = path; ; top = top.slice(0, top.lastIndexOf('/')) || '/') {
      const node = this.#nodes.get(top)
      if (node !== undefined) return top === path ? node : sourceBelow(node, path.slice(top === '/' ? 0 : top.length))
      if (top === '/' || !top.includes('/')) return { kind: 'real', path }
    }
  }

  /** Puts a node at a path in place of all that was believed of it and what is below. */
  put(path: string, node: Node): void {
    this.#removeBelow(path)
    this.#nodes.set(path, node)
    this.#dropAnswers({ paths: [path] })
  }

  /** Replaces what is believed of a path itself; what is below stays. */
  amend(path: string, node: PredictedEntry): void {
    this.#nodes.set(path, node)
    for (const [key, { probe }] of this.#answers) if (isTouched(probe, { paths: [path] }) && !readsOnlyBelow(probe, path)) this.#answers.delete(key)
  }

  /** Predicted nodes strictly below a path, with their paths. */
  below(path: string): readonly (readonly [string, Node])[] {
    return [...this.#nodes].filter(([other]) => other !== path && isBelow(other, path))
  }

  /** Believes what a change declares: named answers are certain, all else it touches is unknown. */
  believe(effects: Effects, cause: string): void {
    for (const path of effects.paths ?? []) this.put(path, { kind: 'unknown', cause })
    if (effects.keys !== undefined && effects.keys.length > 0) {
      this.#dropAnswers({ keys: effects.keys })
      this.#unknownKeys = [...this.#unknownKeys, { effects: { keys: effects.keys }, cause }]
    }
    for (const { probe, answer } of effects.predictions ?? []) this.#answers.set(probe.key, { probe, answer })
  }

  /** Drops what is predicted for paths and keys that have been really changed. */
  forget(effects: Effects): void {
    for (const path of effects.paths ?? []) {
      this.#removeBelow(path)
      this.#nodes.delete(path)
    }
    this.#dropAnswers(effects)
  }

  /** The certain answer to a question, if there is one. */
  answer(probe: Probe<unknown>): PredictedAnswer | undefined {
    return this.#answers.get(probe.key)
  }

  /** Why a script's answer cannot be known, if what it asks is not. */
  unknownByName(probe: Probe<unknown>): string | undefined {
    return this.#unknownKeys.findLast(({ effects }) => isTouched(probe, effects))?.cause
  }

  /** Why a script's answer cannot be known, if a path that it reads is predicted. */
  unknownByPath(probe: Probe<unknown>): string | undefined {
    if (probe.kind !== 'script' || probe.readsPaths === undefined) return undefined
    for (const [path, node] of this.#nodes) {
      if (isTouched(probe, { paths: [path] }) && !isUntouchedBelow(probe, path, node)) return node.kind === 'unknown' ? node.cause : `the predicted content of ${path}`
    }
    return undefined
  }

  #removeBelow(path: string): void {
    for (const [other] of this.below(path)) this.#nodes.delete(other)
  }

  #dropAnswers(effects: Effects): void {
    for (const [key, { probe }] of this.#answers) if (isTouched(probe, effects)) this.#answers.delete(key)
  }
}

/** What is in a folder that is only to have other attributes is as it was. */
function isUntouchedBelow(probe: Probe<unknown>, path: string, node: Node): boolean {
  return node.kind === 'entry' && node.stat.type === 'directory' && node.backing === path && readsOnlyBelow(probe, path)
}

/** Whether nothing that is asked is about a path itself or a folder that it is in. */
function readsOnlyBelow(probe: Probe<unknown>, path: string): boolean {
  const reads = probe.kind === 'script' ? probe.readsPaths ?? [] : [probe.path]
  return reads.every((read) => !isBelow(path, read))
}

function sourceBelow(node: Node, rest: string): Source {
  if (node.kind !== 'entry') return node
  return node.stat.type === 'directory' && node.backing !== undefined ? { kind: 'real', path: node.backing + rest } : { kind: 'absent' }
}
