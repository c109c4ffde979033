import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { needsDebugger } from '../debugger/needs-debugger.ts'
import type { Outcome, OutcomeStatus } from '../../run/outcome.ts'
import type { HostEnded, TaskAddress } from '../../run/run-event.ts'
import type { Value } from '../../value/value.ts'
import { notifyHandlers } from '../flow/notify.ts'
import { errorEnd } from './error-end.ts'
import { isSilent } from './call.ts'
import { registeredValue, type ItemEnd } from './item-end.ts'
import { isIgnored } from './is-ignored.ts'
import { itemLabel } from './item-label.ts'
import { outcomeOf } from './outcome.ts'
import { performItem } from './perform-item.ts'
import { performLoop, type Turn } from './perform-loop.ts'
import { isConnectionName } from './route-cache.ts'
import { resultWarnings } from './result-warnings.ts'
import type { Site } from './site.ts'

/** How a task ended on a host, for those who decide what happens next. */
export interface HostEnd {
  readonly host: string
  readonly status: OutcomeStatus
  /** A failure that is let pass. */
  readonly ignored: boolean
  readonly end: ItemEnd
  readonly turns: readonly Turn[]
}

export interface HostWork {
  readonly address: TaskAddress
  /** What the task does for one item; the module it names, unless it includes something. */
  readonly perform?: (site: Site) => Promise<ItemEnd>
  /** Whether a failure will be rescued. */
  readonly rescuable: boolean
  /** In the recap each turn counts, as each file or role that an include brings in does. */
  readonly countsTurns?: boolean
}

/** Runs a task on one host from start to end: loop, result, notifications, events. Never throws. */
export async function runOnHost(site: Site, work: HostWork): Promise<HostEnd> {
  const { events } = site.play.run
  events.emit({ kind: 'host-started', task: work.address, host: site.host })
  const started = performance.now()
  const silent = silentOrUnsure(site)
  const done = await perform(site, work, silent)
  const concluded = conclude(site, done)
  const outcome = tell(site, { ...work, silent, seconds: (performance.now() - started) / 1000 }, concluded)
  return needsDebugger(site, concluded) ? debugged(site, work, { concluded, outcome }) : concluded
}

/** One person looks at one task at a time. */
async function debugged(site: Site, work: HostWork, { concluded, outcome }: { readonly concluded: HostEnd, readonly outcome: Outcome }): Promise<HostEnd> {
  const { run } = site.play
  const { debugTask } = await import('../debugger/debug-task.ts')
  const choice = await run.debugger.run(() => debugTask(site, concluded))
  if (choice.kind === 'quit') run.request.interrupt?.()
  if (choice.kind !== 'redo') return concluded
  run.recap.count(site.host, outcome, { rescuable: work.rescuable, by: -1 })
  return runOnHost(choice.site, work)
}

type Done = Pick<HostEnd, 'end' | 'turns'>

async function perform(site: Site, work: HostWork, silent: boolean): Promise<Done> {
  const { loop } = site.step.task
  const performOne = work.perform ?? performItem
  if (!loop) return { end: await performOne(site), turns: [] }
  return performLoop(site, loop, { perform: performOne, after: (turn) => { tellTurn(work, turn, silent) } })
}

/** Registers the result and notifies handlers; what goes wrong there is a failure of the task. */
function conclude(site: Site, { end, turns }: Done): HostEnd {
  const { role } = site.step.frame
  if (role && end.status !== 'skipped' && end.status !== 'unreachable') site.play.roles.begin(role, site.host)
  const settled = guarded(end, () => {
    register(site, end, turns)
    for (const turn of turns) notify(turn.site, turn.end)
    if (turns.length === 0) notify(site, end)
  })
  return { host: site.host, status: settled.status, ignored: isIgnored(site, settled.status), end: settled, turns }
}

function guarded(end: ItemEnd, work: () => void): ItemEnd {
  try {
    work()
    return end
  } catch (error) {
    return errorEnd(error)
  }
}

function register(site: Site, end: ItemEnd, turns: readonly Turn[]): void {
  const { register: name } = site.step.task
  if (name === undefined) return
  const { request: { variables }, routes } = site.play.run
  if (isConnectionName(name)) routes.forget()
  const value = loopValue(site, end, turns)
  for (const host of site.shares) variables.register(host, name, value)
}

/** Of a loop, each result with what is unknown in it. */
function loopValue(site: Site, end: ItemEnd, turns: readonly Turn[]): Value {
  const { module } = site.step.task
  const value = registeredValue(turns.length > 0 ? { ...end, unknownFields: end.status === 'unknown' ? ['changed'] : [] } : end, module)
  if (value instanceof Map && turns.length > 0) value.set('results', turns.map((turn) => registeredValue(turn.end, module)))
  return value
}

function notify(site: Site, { status }: ItemEnd): void {
  if (status !== 'changed' && status !== 'unknown') return
  if (site.step.task.notify.length > 0) notifyHandlers(site, status === 'changed' ? 'certain' : 'possible')
}

/** When in doubt, nothing is shown. */
function silentOrUnsure(site: Site): boolean {
  try {
    return isSilent(site)
  } catch {
    return true
  }
}

interface Telling extends HostWork, Pick<HostEnded, 'seconds'> {
  readonly silent: boolean
}

function tell(site: Site, { address, silent, seconds, rescuable, countsTurns }: Telling, { end, ignored, turns }: HostEnd): Outcome {
  const { events, recap } = site.play.run
  if (!silent) warnAbout(site, end)
  const outcome = outcomeOf(end, { noLog: silent, ignored })
  const counted = countsTurns && end.status === 'ok' && turns.length > 0 ? turns.filter((turn) => turn.end.status === 'ok') : [end]
  counted.forEach(() => { recap.count(site.host, outcome, { rescuable }) })
  events.emit({
    kind: 'host-ended', task: address, host: site.host, outcome, diff: silent ? [] : end.diff, looped: turns.length > 0, seconds,
    ...(end.delegate !== undefined && { delegate: end.delegate }),
    ...(end.args && { args: end.args }),
  }, end.hidden)
  return outcome
}

function tellTurn({ address }: HostWork, { site, item, end }: Turn, silent: boolean): void {
  if (!silent) warnAbout(site, end)
  site.play.run.events.emit({
    kind: 'item-ended', task: address, host: site.host, label: silent ? '(censored due to no_log)' : itemLabel(site, item),
    outcome: outcomeOf(end, { noLog: silent, ignored: false }), diff: silent ? [] : end.diff,
    ...(end.delegate !== undefined && { delegate: end.delegate }),
    ...(end.args && !silent && { args: end.args }),
  }, end.hidden)
}

/** What the module warns of; and errors with a place in the source, with it. */
function warnAbout(site: Site, end: ItemEnd): void {
  const { error } = end
  for (const diagnostic of resultWarnings(site, end)) site.play.run.events.emit({ kind: 'warned', diagnostic, host: site.host }, end.hidden)
  if (!(error instanceof DiagnosticError)) return
  for (const diagnostic of error.diagnostics) site.play.run.events.emit({ kind: 'warned', diagnostic, host: site.host })
}
