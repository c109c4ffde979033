import type { PlayContext } from '../play/play-context.ts'

/** Whether more hosts of the batch failed than `max_fail_percentage` allows. */
export function isPastLimit({ batch, removed, settings: { failureLimit } }: PlayContext): boolean {
  if (failureLimit === undefined || batch.length === 0) return false
  const failed = batch.filter((host) => removed.has(host)).length
  return failed / batch.length * 100 > failureLimit
}
