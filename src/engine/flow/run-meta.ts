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

interface Meta {
  readonly run: (work: MetaWork) => Parted | Promise<Parted>
  /** Done once for all hosts, if the condition holds for the first of them. */
  readonly once?: boolean
  /** What -vv says of it, in ansible-core's words. */
  readonly says: (host: string, step: TaskStep) => string
}

/** Runs `meta`: steers the run, without a result of its own. */
export async function runMeta(step: TaskStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const announced = announce(step, hosts, at)
  try {
    const sites = hosts.map((host) => openSite({ play: at.play, step, host }))
    const name = nameOf(sites)
    const meta = actionOf(name)
    const deciding = meta.once ? sites.slice(0, 1) : sites
    const held = deciding.filter((site) => allHold(site, step.frame.keywords.when))
    for (const site of deciding) {
      if (held.includes(site)) tellDone(meta.says(site.host, step), at)
      else tellSkipped(site, `${name} conditional evaluated to False${(SKIP_REASONS[name] ?? '').replace('HOST', site.host)}`)
    }
    return await meta.run({ step, hosts, chosen: meta.once && held.length > 0 ? hosts : held.map(({ host }) => host), at })
  } catch (error) {
    const ends = await runOver({ step, hosts, at, perform: () => Promise.resolve(errorEnd(error)) })
    return partHosts({ step, hosts, ends }, at)
  } finally {
    announced()
  }
}

function tellDone(text: string, { play: { run } }: Pick<FlowPlace, 'play'>): void {
  if (run.request.options.verbosity >= 2) run.events.emit({ kind: 'displayed', text: `META: ${text}`, verbosity: 2 })
}

/** Its heading is shown, though no result follows. */
function announce(step: TaskStep, hosts: readonly string[], { play }: FlowPlace): () => void {
  const task = taskAddress(openSite({ play, step, host: hosts[0] ?? '' }))
  play.run.events.emit({ kind: 'task-started', task, hosts: hosts.length })
  return () => { play.run.events.emit({ kind: 'task-ended', task }) }
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

const SKIP_REASONS: Readonly<Partial<Record<string, string>>> = {
  end_host: ', continuing execution for HOST', end_play: ', continuing play', end_batch: ', continuing current batch',
  clear_facts: ', not clearing facts and fact cache for HOST', clear_host_errors: ', not clearing host error state for HOST',
}

/** Shown, but not counted: `meta` has no results. */
function tellSkipped(site: Site, reason: string): void {
  const { host, play: { run } } = site
  tellDone(reason, site)
  const result = { skipped: true, skip_reason: reason }
  run.events.emit({ kind: 'host-ended', task: taskAddress(site), host, outcome: { status: 'skipped', result }, diff: [], looped: false, seconds: 0 })
}

const METAS: Readonly<Partial<Record<string, Meta>>> = {
  noop: { run: ({ hosts }) => goOn(hosts), says: () => 'noop' },
  flush_handlers: { run: flushChosen, says: (host) => `triggered running handlers for ${host}` },
  end_host: { run: endHosts, says: (host) => `ending play for ${host}` },
  end_play: { run: endAs('play'), once: true, says: () => 'ending play' },
  end_batch: { run: endAs('batch'), once: true, says: () => 'ending batch' },
  end_role: {
    run: ({ step, hosts, chosen }) => ({ on: without(hosts, chosen), failed: [], left: chosen.map((host) => ({ host, role: step.frame.role })) }),
    says: (host, { frame }) => `ending role ${frame.role?.role.name ?? ''} for ${host}`,
  },
  clear_facts: { run: clearFacts, once: true, says: () => 'facts cleared' },
  clear_host_errors: { run: clearHostErrors, once: true, says: () => 'cleared host errors' },
  refresh_inventory: { run: refreshInventory, once: true, says: () => 'inventory successfully refreshed' },
  reset_connection: { run: resetConnection, says: () => 'reset connection' },
}

function endHosts({ hosts, chosen, at }: MetaWork): Parted {
  for (const host of chosen) at.play.leftEarly.add(host)
  return goOn(without(hosts, chosen))
}

/** Hosts that do not flush go on all the same. */
async function flushChosen({ hosts, chosen, at }: MetaWork): Promise<Parted> {
  const { on, failed } = await flushHandlers(chosen, at)
  const stay = new Set([...without(hosts, chosen), ...on])
  return { on: hosts.filter((host) => stay.has(host)), failed, left: [] }
}

function clearFacts({ hosts, chosen, at: { play } }: MetaWork): Parted {
  if (chosen.length === 0) return goOn(hosts)
  for (const host of play.hosts) {
    play.run.request.variables.clearFacts(host)
    play.run.gathered.delete(host)
  }
  play.run.routes.forget()
  return goOn(hosts)
}

async function refreshInventory({ hosts, chosen, at: { play: { run } } }: MetaWork): Promise<Parted> {
  if (chosen.length > 0) await run.request.refreshInventory?.()
  run.line.forget()
  run.routes.forget()
  return goOn(hosts)
}

async function resetConnection({ step, hosts, chosen, at: { play } }: MetaWork): Promise<Parted> {
  const targets = chosen.map((host) => routeOf(openSite({ play, step, host }), undefined).target)
  await Promise.all(targets.map((target) => play.run.sessions.reset(target)))
  return goOn(hosts)
}

function goOn(hosts: readonly string[]): Parted {
  return { on: hosts, failed: [], left: [] }
}

function without(hosts: readonly string[], some: readonly string[]): readonly string[] {
  const unwanted = new Set(some)
  return hosts.filter((host) => !unwanted.has(host))
}

function endAs(what: 'play' | 'batch'): Meta['run'] {
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
