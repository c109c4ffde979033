import type { TaskStep } from '../plan/steps.ts'
import { lookAhead } from '../ahead/look-ahead.ts'
import type { PlayContext } from '../play/play-context.ts'
import { goesApart } from '../play/strategies.ts'
import { Semaphore } from '../semaphore.ts'
import type { ItemEnd } from '../task/item-end.ts'
import { asNumber, keyword } from '../task/keyword.ts'
import { runOnHost, type HostEnd, type HostWork } from '../task/run-on-host.ts'
import { openSite, type Site } from '../task/site.ts'
import { taskAddress } from '../task/task-address.ts'
import type { FlowPlace } from './flow-place.ts'
import { isOnce } from './once.ts'
import { partHosts } from './part-hosts.ts'
import { warnApart } from './warn-apart.ts'
import type { Parted } from './parted.ts'

/** Runs a task over a set of hosts, as many at once as forks and throttle allow. */
export async function runTask(step: TaskStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const ends = await runOver({ step, hosts, at })
  return partHosts({ step, hosts, ends }, at)
}

export interface TaskWork {
  readonly step: TaskStep
  readonly hosts: readonly string[]
  readonly at: FlowPlace
  /** What the task does on a host; runs its module when absent. */
  readonly perform?: (site: Site) => Promise<ItemEnd>
}

/** The ends of a task on the hosts that do it: all of them, or the first of a run_once task. */
export async function runOver({ step, hosts, at, perform }: TaskWork): Promise<readonly HostEnd[]> {
  const { play } = at
  const [first = ''] = hosts
  const firstSite = openSite({ play, step, host: first })
  const once = isOnce(firstSite)
  warnApart(firstSite)
  const address = taskAddress(firstSite)
  const sites = once ? [openSite({ play, step, host: first, shares: sharesOf(play, hosts) })] : hosts.map((host) => openSite({ play, step, host }))
  play.run.events.emit({ kind: 'task-started', task: address, hosts: sites.length })
  const work: HostWork = { address, rescuable: at.rescuable, ...(perform && { perform, countsTurns: true }) }
  const throttle = throttleOf(firstSite)
  const ends = await Promise.all(sites.map((site) => throttle.run(() => play.run.forks.run(async () => {
    await lookAhead(site)
    return runOnHost(site, work)
  }))))
  play.run.events.emit({ kind: 'task-ended', task: address })
  return ends
}

/** What one host did holds for its whole batch, whoever of it comes by: also those that failed or were left out of an include. */
function sharesOf({ run, batch, settings }: PlayContext, hosts: readonly string[]): readonly string[] {
  return goesApart(settings.strategy) ? hosts : batch.filter((host) => !run.unreachable.has(host))
}

/** One for all hosts, also where a strategy lets each run the task by itself. */
function throttleOf(site: Site): Semaphore {
  const { throttles } = site.play
  const known = throttles.get(site.step.id) ?? new Semaphore(throttleLimit(site))
  throttles.set(site.step.id, known)
  return known
}

function throttleLimit(site: Site): number {
  try {
    const limit = asNumber(keyword(site, 'throttle'), 0)
    return limit > 0 ? limit : Infinity
  } catch {
    return Infinity
  }
}
