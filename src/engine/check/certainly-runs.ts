import { isWanted } from '../flow/tags.ts'
import type { PlannedTask, StillPlay } from './every-task.ts'

/**
 * Whether a task is bound to run and to succeed if the play gets that far: no condition may skip it, and nothing catches or expects its failure.
 * Only then is a mistake in it a mistake of the whole run.
 */
export function mustSucceed({ context }: StillPlay, { step, rescuable, section }: PlannedTask): boolean {
  const { task, frame: { keywords } } = step
  if (rescuable || section === 'handlers' || context.hosts.length === 0) return false
  if (keywords.when.length > 0 || keywords.ignoreErrors !== undefined || task.failedWhen !== undefined) return false
  if (task.until.length > 0 || task.retries !== undefined) return false
  return isWanted({ play: context, step, host: context.hosts[0] ?? '' })
}
