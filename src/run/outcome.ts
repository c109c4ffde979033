import type { JsonObject } from '../value/value.ts'

/** How a task (or one loop item of it) ended on one host. `unknown` is only seen in check mode. */
export type OutcomeStatus = 'ok' | 'changed' | 'skipped' | 'failed' | 'unreachable' | 'unknown'

export interface Outcome {
  readonly status: OutcomeStatus
  /** A failure that `ignore_errors` or `ignore_unreachable` lets pass. */
  readonly ignored?: boolean
  /** The registered result: no_log results hold only `censored`, `changed`, `failed`, `attempts`, and `results` of the same kind. */
  readonly result: JsonObject
}
