import type { PlayContext } from '../play/play-context.ts'

/** Whether more hosts failed than `max_fail_percentage` of the batch; those of earlier batches count too, as in Ansible. */
export function isPastLimit({ batch, run, settings: { failureLimit } }: PlayContext): boolean {
  if (failureLimit === undefined || batch.length === 0) return false
  return run.failed.size / batch.length * 100 > failureLimit
}
