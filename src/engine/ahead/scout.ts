import { expandHostPaths } from '../../module/host-paths.ts'
import { isOnce } from '../flow/once.ts'
import { isWanted } from '../flow/tags.ts'
import { prepareCall, type Call } from '../task/call.ts'
import { loopItems } from '../task/loop-items.ts'
import { loopNames, loopVariables } from '../task/loop-variables.ts'
import { skippedEnd } from '../task/skipped-end.ts'
import { asAction, asState, type AnyState } from '../task/run-module.ts'
import { isUndefinedVariable } from '../task/undefined-variable.ts'
import { openSite, withSpecial, type Site, type SitePlace } from '../task/site.ts'
import { readOnly } from './read-only-remote.ts'

/** Makes everything ready on the controller; what it resolves to asks the host. */
export type Scout = () => Promise<() => Promise<unknown>>

/** More turns of a loop than this are not worth evaluating twice. */
const MOST_ITEMS = 200

type Arguments = Parameters<NonNullable<AnyState['prepare']>>[0]

/** What a task would ask its host, as far as that can be evaluated now; undefined when it cannot. */
export function scoutsOf(place: SitePlace): readonly Scout[] | undefined {
  try {
    return canScout(place) ? callsOf(openSite({ ...place, ahead: true })).flatMap(scoutsOfCall) : undefined
  } catch {
    // It depends on something that is not known yet: its own turn will tell.
    return undefined
  }
}

function canScout(place: SitePlace): boolean {
  const { play, step, host } = place
  const module = play.run.request.modules.find(step.task.module)
  if (!module || (!asState(module) && !asAction(module)?.observe)) return false
  // Those that ask within an environment talk to servers, too: that can wait.
  return module.asksInEnvironment !== true && isWanted(place) && (host === play.batch[0] || !isOnce(openSite(place)))
}

function callsOf(site: Site): readonly Call[] {
  return turnsOf(site).filter(mayRun).map(prepareCall)
}

/** A condition on the result of a task that has not run yet may come to hold, and a read in vain costs next to nothing. */
function mayRun(site: Site): boolean {
  try {
    return skippedEnd(site) === undefined
  } catch (error) {
    if (isUndefinedVariable(error)) return true
    throw error
  }
}

function turnsOf(site: Site): readonly Site[] {
  const { loop, loopControl } = site.step.task
  if (!loop) return [site]
  const items = loopItems(site, loop)
  if (items.length > MOST_ITEMS) return []
  const names = loopNames(site, loopControl)
  return items.map((_item, index) => withSpecial(site, loopVariables(names, items, index)))
}

function scoutsOfCall(call: Call): readonly Scout[] {
  const { module, site } = call
  const state = asState(module)
  const observe = state?.observe ?? asAction(module)?.observe
  const { sessions } = site.play.run
  // A delegate that nobody has talked to yet may not even be there.
  if (!observe || (call.delegate !== undefined && !sessions.isOpen(call.route()))) return []
  return [async () => {
    const remote = readOnly(await sessions.remote(call.route()))
    const args = await expandHostPaths(module, call.args as Arguments, remote)
    const wanted = state?.prepare ? await state.prepare(args, call.controller) : args
    return () => observe(wanted as Arguments, remote)
  }]
}
