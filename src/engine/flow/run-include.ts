import type { TaskStep } from '../plan/steps.ts'
import { errorEnd } from '../task/error-end.ts'
import { plainEnd, type ItemEnd } from '../task/item-end.ts'
import { skippedEnd } from '../task/skipped-end.ts'
import { itemLabel } from '../task/item-label.ts'
import { openSite, type Site } from '../task/site.ts'
import { taskAddress } from '../task/task-address.ts'
import type { FlowPlace } from './flow-place.ts'
import { BrokenIncludeError, includedBy, type Included } from './included.ts'
import { inOrder, rejoined, type LeftRole, type Parted } from './parted.ts'
import { partHosts } from './part-hosts.ts'
import { runOver } from './run-task.ts'

interface IncludeGroup {
  readonly included: Included
  readonly hosts: Set<string>
  /** Of the loop's item, where there is a loop. */
  readonly label: string | undefined
}

/** Runs include_tasks or include_role: hosts that include the same go through it together. */
export async function runInclude(step: TaskStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const groups = new Map<string, IncludeGroup>()
  const ends = await runOver({ step, hosts, at, perform: (site) => include(site, groups) })
  const parted = partHosts({ step, hosts, ends }, at)
  announce(step, [...groups.values()], at)
  return runGroups([...groups.values()], parted, at)
}

async function include(site: Site, groups: Map<string, IncludeGroup>): Promise<ItemEnd> {
  try {
    const skipped = skippedEnd(site)
    if (skipped) return skipped
    const included = await includedBy(site)
    const key = freeKey(included.key, site.host, groups)
    const group = groups.get(key) ?? { included, hosts: new Set(), label: labelOf(site) }
    groups.set(key, group)
    group.hosts.add(site.host)
    return plainEnd('ok', { changed: false, ...included.told })
  } catch (error) {
    if (error instanceof BrokenIncludeError) site.play.run.fault ??= error
    return errorEnd(error)
  }
}

/** A loop may include the same for the same host more than once. */
function freeKey(key: string, host: string, groups: ReadonlyMap<string, IncludeGroup>): string {
  let turn = 0
  while (groups.get(`${turn} ${key}`)?.hosts.has(host)) turn++
  return `${turn} ${key}`
}

function labelOf(site: Site): string | undefined {
  const name = site.special.get('ansible_loop_var')
  return name === undefined ? undefined : itemLabel(site, site.special.get(name) ?? null)
}

function announce(step: TaskStep, groups: readonly IncludeGroup[], { play }: FlowPlace): void {
  for (const { included, hosts, label } of groups) {
    const [first = ''] = hosts
    const task = taskAddress(openSite({ play, step, host: first }))
    play.run.events.emit({ kind: 'included', task, path: included.path, hosts: [...hosts], ...label !== undefined && { label } })
  }
}

async function runGroups(groups: readonly IncludeGroup[], parted: Parted, at: FlowPlace): Promise<Parted> {
  let { on } = parted
  const failed = [...parted.failed]
  const left: LeftRole[] = []
  for (const { included, hosts } of groups) {
    const those = on.filter((host) => hosts.has(host))
    if (those.length === 0) continue
    const { steps, role } = included.plan(at.play)
    const inside = rejoined(those, await at.walk(steps, those, at), role)
    on = inOrder(on, [...on.filter((host) => !hosts.has(host)), ...inside.on])
    failed.push(...inside.failed)
    left.push(...inside.left)
  }
  return { on, failed, left }
}
