import { asAction, asState } from '../task/run-module.ts'
import { following, type TaskStep } from '../plan/steps.ts'
import type { Site, SitePlace } from '../task/site.ts'
import type { PlayContext } from '../play/play-context.ts'
import type { SeenTasks } from './look-ahead-state.ts'
import { scoutsOf, type Scout } from './scout.ts'

/** Looking farther costs evaluation and gains nothing more. */
const LARGEST_WINDOW = 512
/** A task that could not be evaluated so often ahead of its turn is left alone, until the turn of one like it has come: then more is known. */
const MOST_TRIES = 2
const RETRY_WINDOW = 64

/**
 * Before a task that reads from its host: asks what the task and those after it will want to know, so that all their reads travel together.
 * Does not wait for the answers; the tasks find them in the remote's cache when their turn comes.
 */
export async function lookAhead(site: Site): Promise<void> {
  const { play, step, host } = site
  if (play.run.request.options.lookAhead === 0) return
  const seen = seenOn(play, host)
  if (seen.get(step.id) === 'seen' || !readsHost(site)) return
  const scouts = gather(site, seen)
  play.run.lookAhead.window = Math.min(play.run.lookAhead.window * 2, LARGEST_WINDOW)
  const ready = await Promise.all(scouts.map((scout) => scout().catch(() => undefined)))
  // All at once and only now: reads asked in the same tick are one round trip.
  for (const observe of ready) observe?.().catch(() => undefined)
}

function gather(site: Site, seen: SeenTasks): readonly Scout[] {
  return tasksFrom(site, seen).flatMap((place) => {
    // A condition that does not hold now may do so later: nothing asked is not seen.
    const found = scoutsOf(place) ?? []
    seen.set(place.step.id, found.length > 0 ? 'seen' : triesOf(place.step, seen) + 1)
    return found
  })
}

/** The task itself and those after it that are worth a try. Which handlers will run is not known, so they are looked at one by one. */
function tasksFrom(site: Site, seen: SeenTasks): readonly SitePlace[] {
  const places: SitePlace[] = [site]
  if (site.step.task.isHandler) return places
  const isRetry = triesOf(site.step, seen) >= MOST_TRIES
  const { window } = site.play.run.lookAhead
  let looked = 0
  for (const place of placesAfter(site)) {
    if (++looked >= window) break
    const tries = seen.get(place.step.id) ?? 0
    if (tries !== 'seen' && (tries < MOST_TRIES || (isRetry && looked < RETRY_WINDOW))) places.push(place)
  }
  return places
}

/** The rest of the play, then the plays after it that the host is in. */
function* placesAfter({ play, step, host }: Site): Generator<SitePlace> {
  for (const next of following(step)) yield { play, step: next, host }
  for (const { context, plan } of play.run.line.after(play.address.index)) {
    if (!context.hosts.includes(host)) continue
    const steps = context.settings.gatherFacts ? plan.sequence.steps : plan.sequence.steps.slice(plan.facts.length)
    for (const next of steps) yield { play: context, step: next, host }
  }
}

function triesOf(step: TaskStep, seen: SeenTasks): number {
  const state = seen.get(step.id) ?? 0
  return state === 'seen' ? MOST_TRIES : state
}

function seenOn({ run }: PlayContext, host: string): SeenTasks {
  const seen: SeenTasks = run.lookAhead.seen.get(host) ?? new Map()
  run.lookAhead.seen.set(host, seen)
  return seen
}

function readsHost({ play, step }: Site): boolean {
  const module = play.run.request.modules.find(step.task.module)
  if (!module) return false
  return asState(module) !== undefined || asAction(module)?.where === 'host'
}
