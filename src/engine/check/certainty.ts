import type { Diagnostic } from '../../diagnostics/types.ts'
import { isWanted } from '../flow/tags.ts'
import type { PlayContext } from '../play/play-context.ts'
import type { TaskStep } from '../plan/steps.ts'

/**
 * `certain`: bound to run and to succeed if the play gets that far, so a mistake in it is a mistake of the whole run.
 * `conditional`: it may be skipped. `expected`: it is there to fail, or its failure is caught.
 */
export type Certainty = 'certain' | 'conditional' | 'expected'

/** What surrounds a task. */
export interface Surroundings {
  readonly context: PlayContext
  /** Of what brings the task in. */
  readonly outer: Certainty
  /** Within a block that has a rescue section. */
  readonly rescuable: boolean
  readonly section: string
}

export function certaintyOf(step: TaskStep, { context, outer, rescuable, section }: Surroundings): Certainty {
  if (outer === 'expected' || rescuable || mayFail(step)) return 'expected'
  if (outer === 'conditional' || section === 'handlers' || context.hosts.length === 0) return 'conditional'
  if (step.frame.keywords.when.length > 0) return 'conditional'
  return isChosen(step, context) ? 'certain' : 'conditional'
}

function isChosen(step: TaskStep, play: PlayContext): boolean {
  try {
    return isWanted({ play, step, host: play.hosts[0] ?? '' })
  } catch {
    // Tags that cannot be read: the loader has told of them.
    return false
  }
}

function mayFail({ task, frame: { keywords } }: TaskStep): boolean {
  return keywords.ignoreErrors !== undefined || task.failedWhen !== undefined || task.until.length > 0 || task.retries !== undefined
}

/** What is wrong with a file that may never be included is only a warning; that it is not there may be on purpose. */
export function asFarAs(certainty: Certainty, problem: Diagnostic): readonly Diagnostic[] {
  if (certainty === 'certain') return [problem]
  if (certainty === 'expected' || ['missing-file', 'missing-role'].includes(problem.code)) return []
  return [{ ...problem, severity: 'warning' }]
}
