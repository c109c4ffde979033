import type { TaskStep } from '../plan/steps.ts'
import { allHold } from '../task/conditions.ts'
import { errorEnd } from '../task/error-end.ts'
import { asText, evaluated, KeywordError } from '../task/keyword.ts'
import { routeOf } from '../task/route.ts'
import { openSite, type Site } from '../task/site.ts'
import { taskAddress } from '../task/task-address.ts'
import type { FlowPlace } from './flow-place.ts'
import { flushHandlers } from './flush-handlers.ts'
import type { Parted } from './parted.ts'
import { partHosts } from './part-hosts.ts'
import { runOver } from './run-task.ts'

interface MetaWork {
  readonly step: TaskStep
  readonly hosts: readonly string[]
  /** Those of them for which `when` holds. */
  readonly chosen: readonly string[]
  readonly at: FlowPlace
}

type Meta = (work: MetaWork) => Parted | Promise<Parted>

/** Runs `meta`: steers the run, without a result of its own. */
export async function runMeta(step: TaskStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  try {
    const sites = hosts.map((host) => openSite({ play: at.play, step, host }))
    const name = nameOf(sites)
    const meta = actionOf(name)
    return await meta({ step, hosts, chosen: chosenHosts(name, sites), at })
  } catch (error) {
    const ends = await runOver({ step, hosts, at, perform: () => Promise.resolve(errorEnd(error)) })
    return partHosts({ step, hosts, ends }, at)
  }
}

function nameOf([site]: readonly Site[]): string {
  const { free, named } = site?.step.task.args ?? { free: undefined, named: new Map<string, never>() }
  return (site && asText(evaluated(site, free?.value ?? named.get('free_form')?.value))) ?? ''
}

function actionOf(name: string): Meta {
  const meta = METAS[name]
  if (!meta) throw new KeywordError(`Cannot do meta '${name}': it is one of ${Object.keys(METAS).join(', ')}`)
  return meta
}

/** What concerns all hosts is decided by the first one's variables. */
function chosenHosts(name: string, sites: readonly Site[]): readonly string[] {
  const deciding = FOR_ALL.has(name) ? sites.slice(0, 1) : sites
  const chosen = deciding.filter((site) => allHold(site, site.step.frame.keywords.when))
  for (const site of deciding) if (!chosen.includes(site)) tellSkipped(site, `${name} conditional evaluated to False${SKIP_REASONS[name] ?? ''}`)
  return (FOR_ALL.has(name) && chosen.length > 0 ? sites : chosen).map(({ host }) => host)
}

const FOR_ALL: ReadonlySet<string> = new Set(['end_play', 'end_batch', 'clear_facts', 'clear_host_errors', 'refresh_inventory'])

const SKIP_REASONS: Readonly<Partial<Record<string, string>>> = {
  end_host: ', continuing execution for HOST', end_play: ', continuing play', end_batch: ', continuing current batch',
  clear_facts: ', not clearing facts and fact cache for HOST', clear_host_errors: ', not clearing host error state for HOST',
}

/** Shown, but not counted: `meta` has no results. */
function tellSkipped(site: Site, reason: string): void {
  const { host, play: { run: { events } } } = site
  const task = taskAddress(site)
  const result = { skipped: true, skip_reason: reason.replace('HOST', host) }
  events.emit({ kind: 'task-started', task, hosts: 1 })
  events.emit({ kind: 'host-ended', task, host, outcome: { status: 'skipped', result }, diff: [], looped: false, seconds: 0 })
  events.emit({ kind: 'task-ended', task })
}

const METAS: Readonly<Partial<Record<string, Meta>>> = {
  noop: ({ hosts }) => goOn(hosts),
  flush_handlers: ({ hosts, at }) => flushHandlers(hosts, at),
  end_host({ hosts, chosen, at }) {
    for (const host of chosen) at.play.leftEarly.add(host)
    return goOn(without(hosts, chosen))
  },
  end_play: endAs('play'),
  end_batch: endAs('batch'),
  end_role: ({ step, hosts, chosen }) => ({ on: without(hosts, chosen), failed: [], left: chosen.map((host) => ({ host, role: step.frame.role })) }),
  clear_facts({ hosts, chosen, at }) {
    for (const host of chosen) at.play.run.request.variables.clearFacts(host)
    at.play.run.routes.forget()
    return goOn(hosts)
  },
  clear_host_errors: clearHostErrors,
  async refresh_inventory({ hosts, chosen, at }) {
    if (chosen.length > 0) await at.play.run.request.refreshInventory?.()
    at.play.run.line.forget()
    at.play.run.routes.forget()
    return goOn(hosts)
  },
  async reset_connection({ step, hosts, chosen, at }) {
    const { play } = at
    const targets = chosen.map((host) => routeOf(openSite({ play, step, host }), undefined).target)
    await Promise.all(targets.map((target) => play.run.sessions.reset(target)))
    return goOn(hosts)
  },
}

function goOn(hosts: readonly string[]): Parted {
  return { on: hosts, failed: [], left: [] }
}

function without(hosts: readonly string[], some: readonly string[]): readonly string[] {
  const unwanted = new Set(some)
  return hosts.filter((host) => !unwanted.has(host))
}

function endAs(what: 'play' | 'batch'): Meta {
  return ({ hosts, chosen, at }) => {
    if (chosen.length > 0) at.play.ended = what
    return goOn(hosts)
  }
}

/** Hosts that failed or went away take part again: in the plays that follow, and after the always section that this stands in. */
function clearHostErrors({ hosts, chosen, at: { play, pardons } }: MetaWork): Parted {
  if (chosen.length === 0) return goOn(hosts)
  for (const host of play.hosts) {
    play.run.failed.delete(host)
    play.run.unreachable.delete(host)
  }
  for (const host of hosts) {
    if (pardons.length > 0) play.removed.delete(host)
    for (const pardoned of pardons) pardoned.add(host)
  }
  if (play.ended === 'broken') play.ended = undefined
  return goOn(hosts)
}
