import { asAction, asState } from '../task/run-module.ts'
import { following } from '../plan/steps.ts'
import type { Site } from '../task/site.ts'
import type { PlayContext } from '../play/play-context.ts'
import { scoutsOf, type Scout } from './scout.ts'

/** Looking farther costs evaluation and gains nothing more. */
const LARGEST_WINDOW = 512

/**
 * Before a task that reads from its host: asks what the task and those after it will want to know, so that all their reads travel together.
 * Does not wait for the answers; the tasks find them in the remote's cache when their turn comes.
 */
export async function lookAhead(site: Site): Promise<void> {
  const { play, step, host } = site
  if (play.run.request.options.lookAhead === 0) return
  const seen = seenOn(play, host)
  if (seen.has(step.id) || !readsHost(site)) return
  const scouts = gather(site, seen)
  play.lookAhead.window = Math.min(play.lookAhead.window * 2, LARGEST_WINDOW)
  const ready = await Promise.all(scouts.map((scout) => scout().catch(() => undefined)))
  // All at once and only now: reads asked in the same tick are one round trip.
  for (const observe of ready) observe?.().catch(() => undefined)
}

function gather(site: Site, seen: Set<number>): readonly Scout[] {
  const { play, step, host } = site
  const { window } = play.lookAhead
  const scouts: Scout[] = []
  let looked = 0
  for (const next of [step, ...following(step)]) {
    if (++looked > window) break
    if (seen.has(next.id)) continue
    const found = scoutsOf({ play, step: next, host })
    if (!found) continue
    seen.add(next.id)
    scouts.push(...found)
  }
  return scouts
}

function seenOn({ lookAhead }: PlayContext, host: string): Set<number> {
  const seen = lookAhead.seen.get(host) ?? new Set()
  lookAhead.seen.set(host, seen)
  return seen
}

function readsHost({ play, step }: Site): boolean {
  const module = play.run.request.modules.find(step.task.module)
  if (!module) return false
  return asState(module) !== undefined || asAction(module)?.where === 'host'
}
