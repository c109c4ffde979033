import type { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { JsonObject } from '../value/value.ts'
import { newLookAhead, type LookAheadState } from './ahead/look-ahead-state.ts'
import { EventSink } from './event-sink.ts'
import { PlayLine } from './play/play-line.ts'
import { Recap } from './recap.ts'
import { Jobs } from './async/jobs.ts'
import type { RunRequest } from './run-request.ts'
import { Semaphore } from './semaphore.ts'
import { RouteCache } from './task/route-cache.ts'
import { SessionPool } from './session-pool.ts'

/** What all plays of one run share. */
export interface RunContext {
  readonly request: RunRequest
  readonly events: EventSink
  readonly recap: Recap
  readonly sessions: SessionPool
  readonly jobs: Jobs
  readonly line: PlayLine
  readonly lookAhead: LookAheadState
  readonly routes: RouteCache
  /** Values of the sources that were warned of: they are used for every host and item. */
  readonly warnedOf: WeakSet<object>
  /** What set_stats has gathered, by host; undefined: for the whole run. */
  readonly stats: Map<string | undefined, JsonObject>
  /** Whoever debugs a task. */
  readonly debugger: Semaphore
  /** Tasks on hosts that go on at once. */
  readonly forks: Semaphore
  /** Hosts whose facts are known. */
  readonly gathered: Set<string>
  /** Hosts that failed or went away: they take part in no further play. */
  readonly failed: Set<string>
  readonly unreachable: Set<string>
  /** Numbers for tasks and changes, in order of appearance. */
  readonly nextId: () => number
  /** `--start-at-task` has not been met yet. */
  seeking: boolean
  /** What ended the run before its time: nothing new is begun. */
  fault: DiagnosticError | undefined
  /** `--step` was answered with "continue". */
  continuing: boolean
}

export function createRunContext(request: RunRequest): RunContext {
  let lastId = 0
  const jobs = new Jobs()
  const run: RunContext = {
    request,
    jobs,
    get line() { return line },
    lookAhead: newLookAhead(),
    routes: new RouteCache(),
    warnedOf: new WeakSet(),
    stats: new Map(),
    debugger: new Semaphore(1),
    events: new EventSink(request),
    recap: new Recap(),
    sessions: new SessionPool(request),
    forks: new Semaphore(Math.max(1, request.options.forks)),
    gathered: new Set(),
    failed: new Set(),
    unreachable: new Set(),
    nextId: () => ++lastId,
    seeking: request.options.startAtTask !== undefined,
    fault: undefined,
    continuing: false,
  }
  const line = new PlayLine(run)
  return run
}
