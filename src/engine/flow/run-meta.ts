import type { TaskStep } from '../plan/steps.ts'
import { allHold } from '../task/conditions.ts'
import { errorEnd } from '../task/error-end.ts'
import { asText, evaluated, KeywordError } from '../task/keyword.ts'
import { routeOf } from '../task/route.ts'
import { openSite, type Site } from '../task/site.ts'
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
    const meta = actionOf(sites)
    const chosen = sites.filter((site) => allHold(site, step.frame.keywords.when)).map(({ host }) => host)
    return await meta({ step, hosts, chosen, at })
  } catch (error) {
    const ends = await runOver({ step, hosts, at, perform: () => Promise.resolve(errorEnd(error)) })
    return partHosts({ step, hosts, ends }, at)
  }
}

function actionOf(sites: readonly Site[]): Meta {
  const [site] = sites
  const { free, named } = site?.step.task.args ?? { free: undefined, named: new Map<string, never>() }
  const name = site && asText(evaluated(site, free?.value ?? named.get('free_form')?.value))
  const meta = METAS[name ?? '']
  if (!meta) throw new KeywordError(`Cannot do meta '${name ?? ''}': it is one of ${Object.keys(METAS).join(', ')}`)
  return meta
}

const METAS: Readonly<Partial<Record<string, Meta>>> = {
  noop: ({ hosts }) => goOn(hosts),
  flush_handlers: ({ hosts, at }) => flushHandlers(hosts, at),
  end_host: ({ hosts, chosen }) => goOn(without(hosts, chosen)),
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
