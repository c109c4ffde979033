import { asBoolean, keyword } from '../task/keyword.ts'
import type { HostEnd } from '../task/run-on-host.ts'
import { openSite, type Site } from '../task/site.ts'
import { taskName } from '../task/task-name.ts'
import { fromJson } from '../../value/json.ts'
import type { Value } from '../../value/value.ts'
import type { TaskStep } from '../plan/steps.ts'
import { goesApart } from '../play/strategies.ts'
import type { FlowPlace } from './flow-place.ts'
import { isPastLimit } from './failure-limit.ts'
import type { Parted } from './parted.ts'
import { isOnce } from './once.ts'

export interface TaskEnds {
  readonly step: TaskStep
  readonly hosts: readonly string[]
  readonly ends: readonly HostEnd[]
}

/** Sorts hosts by how a task ended on them: those that go on, those that failed, and those that are gone. */
export function partHosts(task: TaskEnds, at: FlowPlace): Parted {
  const bad = task.ends.filter(({ status, ignored }) => !ignored && (status === 'failed' || status === 'unreachable'))
  if (bad.length === 0) return { on: task.hosts, failed: [], left: [] }
  for (const end of bad) remember(task.step, end, at)
  const gone = new Set(bad.filter(({ status }) => status === 'unreachable').map(({ host }) => host))
  const failed = new Set(bad.filter(({ status }) => status === 'failed').map(({ host }) => host))
  if (goesApart(at.play.settings.strategy)) return parted(task.hosts, gone, failed)
  if (isPastLimit(at.play)) at.play.ended = 'halted'
  const isFatal = bad.some(({ host }) => isFatalFor(openSite({ play: at.play, step: task.step, host })))
  if (isFatal || at.play.ended === 'halted') return everyoneFails(task.hosts, gone, at)
  return parted(task.hosts, gone, failed)
}

function parted(hosts: readonly string[], gone: ReadonlySet<string>, failed: ReadonlySet<string>): Parted {
  return { on: hosts.filter((host) => !gone.has(host) && !failed.has(host)), failed: hosts.filter((host) => failed.has(host)), left: [] }
}

function remember(step: TaskStep, { host, status, end }: HostEnd, { play, rescuable }: FlowPlace): void {
  const { run } = play
  if (status === 'unreachable') {
    run.unreachable.add(host)
    play.removed.add(host)
  } else if (rescuable) {
    run.request.variables.setVariables(host, new Map<Value, Value>([
      ['ansible_failed_result', fromJson(end.result)],
      ['ansible_failed_task', new Map<Value, Value>([['name', step.task.name === undefined ? '' : taskName(openSite({ play, step, host }))], ['action', step.task.module]])],
    ]))
  } else {
    run.failed.add(host)
    play.removed.add(host)
  }
}

function isFatalFor(site: Site): boolean {
  try {
    return isOnce(site) || asBoolean(keyword(site, 'anyErrorsFatal'), site.play.run.request.config.get('ANY_ERRORS_FATAL'))
  } catch {
    return true
  }
}

/** What nobody rescues ends the play for all of its hosts. */
function everyoneFails(hosts: readonly string[], gone: ReadonlySet<string>, { play, rescuable }: FlowPlace): Parted {
  if (!rescuable) play.ended ??= 'broken'
  return { on: [], failed: hosts.filter((host) => !gone.has(host)), left: [] }
}
