import type { ExecRequest } from './exec.ts'
import type { Probe } from './probe.ts'
import type { FileWrites } from './remote.ts'

/** A change whose effect is declared: the real remote runs it, the predicted remote only believes it. */
export interface Write {
  /** For people and the journal: "Start service cron". Holds no secrets. */
  readonly summary: string
  readonly command: ExecRequest
  readonly effects: Effects
  readonly foretold?: Foretold
}

/** What a change does to files besides its effects, where typed writes can tell that: the predicted remote does those. */
export interface Foretold {
  /** All that they touch. */
  readonly paths: readonly string[]
  readonly write: (files: FileWrites) => Promise<void>
}

/** All that a change touches. */
export function touchedBy({ effects, foretold }: Write): Effects {
  return foretold === undefined ? effects : { ...effects, paths: [...effects.paths ?? [], ...foretold.paths] }
}

/** What a change touches, and, where that can be told, what the answers will be. */
export interface Effects {
  /** Paths, with everything below them, that it may change. */
  readonly paths?: readonly string[]
  /** Probe keys that it may change; one ending in `*` is a prefix. */
  readonly keys?: readonly string[]
  /** Users whose conversations with the host end before: who is at work cannot be removed. */
  readonly leaves?: readonly string[]
  /** Answers that are certain afterwards. What is touched and not predicted is unknown in check mode. */
  readonly predictions?: readonly Prediction[]
}

export interface Prediction<T = unknown> {
  readonly probe: Probe<T>
  readonly answer: T
}
