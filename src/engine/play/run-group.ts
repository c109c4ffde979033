import type { Dict } from '../../value/value.ts'
import { flushHandlers } from '../flow/flush-handlers.ts'
import type { FlowPlace } from '../flow/flow-place.ts'
import { inOrder, type Parted } from '../flow/parted.ts'
import { runSteps } from '../flow/run-steps.ts'
import { loadVarsFiles } from './vars-files.ts'
import type { PlayContext } from './play-context.ts'
import type { PlannedSection, PlayPlan } from './play-plan.ts'

/** Takes a group of hosts through a play: facts, then each section with the handlers it notified. */
export async function runGroup(play: PlayContext, plan: PlayPlan, hosts: readonly string[]): Promise<void> {
  const at: FlowPlace = { play, rescuable: false, always: false, pardons: [], walk: runSteps }
  let on = play.settings.gatherFacts ? await gatherFacts(plan, hosts, at) : hosts
  const failed: string[] = []
  for (const [index, section] of plan.sections.entries()) {
    const parted = await runSteps(section.steps, on, at)
    failed.push(...parted.failed)
    on = parted.on
    if (!flushesAfter(section, plan.sections[index + 1])) continue
    const flushed = await flush({ ...parted, failed }, at)
    failed.push(...flushed.failed)
    on = flushed.on
  }
}

/** With gathering = smart, hosts whose facts are known, from this run or from the cache, are not asked again. */
async function gatherFacts(plan: PlayPlan, hosts: readonly string[], at: FlowPlace): Promise<readonly string[]> {
  const { config, variables } = at.play.run.request
  const isSmart = config.get('DEFAULT_GATHERING') === 'smart'
  const known = hosts.filter((host) => isSmart && isKnown(variables.facts(host)))
  const asked = hosts.filter((host) => !known.includes(host))
  const { on } = asked.length === 0 ? { on: [] } : await runSteps(plan.facts, asked, at)
  await loadVarsFiles(at.play)
  return inOrder(hosts, [...known, ...on])
}

function isKnown(facts: Dict | undefined): boolean {
  return facts?.get('_ansible_facts_gathered') === true || facts?.get('module_setup') === true
}

/** As in Ansible, roles and tasks are flushed together. */
function flushesAfter({ kind }: PlannedSection, next: PlannedSection | undefined): boolean {
  return !(kind === 'roles' && next?.kind === 'tasks')
}

/** With force_handlers, hosts that failed run theirs as well. */
async function flush({ on, failed }: Parted, at: FlowPlace): Promise<Parted> {
  if (at.play.ended === 'play' || at.play.ended === 'batch') return { on: [], failed: [], left: [] }
  if (!at.play.settings.forceHandlers) return flushHandlers(on, at)
  const flushed = failed.length === 0 ? await flushHandlers(on, at) : await flushHandlers(inOrder(at.play.batch, [...on, ...failed]), { ...at, always: true })
  // Whoever fails in a handler is done with handlers, in later sections too.
  for (const host of flushed.failed) at.play.handlers.forget(host)
  const before = new Set(failed)
  return { on: flushed.on.filter((host) => !before.has(host)), failed: flushed.failed.filter((host) => !before.has(host)), left: [] }
}
