import type { TaskStep } from '../plan/steps.ts'
import { plainEnd } from '../task/item-end.ts'
import { outcomeOf } from '../task/outcome.ts'
import { openSite } from '../task/site.ts'
import { taskAddress } from '../task/task-address.ts'
import type { FlowPlace } from './flow-place.ts'
import { resolveNotified } from './notify.ts'
import type { Parted } from './parted.ts'

/** Runs the handlers that some hosts have been notified of, each once, in the order they are defined. */
export async function flushHandlers(hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const { handlers } = at.play
  for (const host of hosts) resolveNotified(at.play, host)
  let on = hosts
  const failed: string[] = []
  // Not for-of: a handler may include a role that brings more.
  for (let index = 0; index < handlers.steps.length; index++) {
    const step = handlers.steps[index]
    if (!step || !handlers.isPending(step)) continue
    const parted = await runHandler(step, on, at)
    on = parted.on
    failed.push(...parted.failed)
  }
  return { on, failed, left: [] }
}

async function runHandler(step: TaskStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const notices = at.play.handlers.take(step, hosts)
  const certain = hosts.filter((host) => notices.get(host) === 'certain')
  const possible = hosts.filter((host) => notices.get(host) === 'possible')
  if (possible.length > 0) predictPossible(step, possible, at)
  if (certain.length === 0) return { on: hosts, failed: [], left: [] }
  const { on, failed } = await at.walk([step], certain, at)
  const [asked, stillOn] = [new Set(certain), new Set(on)]
  return { on: hosts.filter((host) => !asked.has(host) || stillOn.has(host)), failed, left: [] }
}

/** In check mode: whether the handler runs hangs on a change that cannot be told. */
function predictPossible(step: TaskStep, hosts: readonly string[], { play, rescuable }: FlowPlace): void {
  const { events, recap } = play.run
  const address = taskAddress(openSite({ play, step, host: hosts[0] ?? '' }))
  const end = plainEnd('unknown', { changed: false, msg: 'Depends on whether a task that notified it changes anything' })
  const outcome = outcomeOf(end, { noLog: false, ignored: false })
  events.emit({ kind: 'task-started', task: address, hosts: hosts.length })
  for (const host of hosts) {
    events.emit({ kind: 'host-started', task: address, host })
    recap.count(host, outcome, { rescuable })
    events.emit({ kind: 'host-ended', task: address, host, outcome, diff: [], looped: false, seconds: 0 })
  }
  events.emit({ kind: 'task-ended', task: address })
}
