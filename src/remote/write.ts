import type { ExecRequest } from './exec.ts'
import type { Probe } from './probe.ts'

/** A change whose effect is declared: the real remote runs it, the predicted remote only believes it. */
export interface Write {
  /** For people and the journal: "Start service cron". Holds no secrets. */
  readonly summary: string
  readonly command: ExecRequest
  readonly effects: Effects
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
