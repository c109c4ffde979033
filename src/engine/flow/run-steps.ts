import type { RoleUse } from '../../playbook/ast.ts'
import type { BlockStep, Step } from '../plan/steps.ts'
import type { FlowPlace } from './flow-place.ts'
import { allOn, inOrder, rejoined, type LeftRole, type Parted } from './parted.ts'
import { runTaskStep } from './run-task-step.ts'

/** Runs steps one after another over a set of hosts; those that fail sit out the rest. */
export async function runSteps(steps: readonly Step[], hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  let on = hosts
  const failed: string[] = []
  const left: LeftRole[] = []
  for (const step of steps) {
    if (on.length === 0 || isOver(at)) break
    if (isBroken(at)) return { on: [], failed: [...failed, ...on], left }
    const parted = await (step.kind === 'block' ? runBlock(step, on, at) : runTaskStep(step, on, at))
    on = parted.on
    failed.push(...parted.failed)
    left.push(...parted.left)
  }
  return { on: isOver(at) ? [] : on, failed, left }
}

function runBlock(step: BlockStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const { role } = step.block
  return role === undefined ? runSections(step, hosts, at) : runRole(step, { role, hosts }, at)
}

interface RoleOnHosts {
  readonly role: RoleUse
  readonly hosts: readonly string[]
}

/** A role's dependencies decide by themselves whether they run again; its own tasks are left to the hosts that have not been through it. */
async function runRole(step: BlockStep, { role, hosts }: RoleOnHosts, at: FlowPlace): Promise<Parted> {
  const { roles } = at.play
  const done = hosts.filter((host) => roles.isDone(role, host))
  const todo = done.length === 0 ? hosts : hosts.filter((host) => !done.includes(host))
  const parted = rejoined(todo, await runSections(step, todo, at), role)
  roles.end(role, parted.on)
  if (done.length === 0) return parted
  const others = await runSteps(step.main.filter((inner) => isDependency(inner, role)), done, at)
  return { on: inOrder(hosts, [...parted.on, ...others.on]), failed: [...parted.failed, ...others.failed], left: [...parted.left, ...others.left] }
}

function isDependency(step: Step, role: RoleUse): boolean {
  return step.kind === 'block' && step.block.role !== undefined && role.dependencies.includes(step.block.role)
}

/** The hosts that fail go through rescue, then all go through always. */
async function runSections(step: BlockStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const settled = await runRescued(step, hosts, at)
  return step.always.length === 0 ? settled : runAlways(step, { hosts, settled }, at)
}

async function runRescued(step: BlockStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const hasRescue = step.rescue.length > 0
  const main = await runSteps(step.main, hosts, hasRescue ? { ...at, rescuable: true } : at)
  if (!hasRescue || main.failed.length === 0) return main
  const rescue = await runSteps(step.rescue, main.failed, at)
  return { on: inOrder(hosts, [...main.on, ...rescue.on]), failed: rescue.failed, left: [...main.left, ...rescue.left] }
}

interface Settled {
  readonly hosts: readonly string[]
  readonly settled: Parted
}

async function runAlways(step: BlockStep, { hosts, settled }: Settled, at: FlowPlace): Promise<Parted> {
  // Hosts that left the role leave this section out, too.
  const present = inOrder(hosts, [...settled.on, ...settled.failed])
  const pardoned = new Set<string>()
  const place = { ...at, always: true, pardons: [...at.pardons, pardoned] }
  const always = present.length === 0 ? allOn([]) : await runSteps(step.always, present, place)
  const stillHere = new Set(always.on)
  const pardonable = settled.failed.filter((host) => stillHere.has(host) && pardoned.has(host))
  return {
    on: inOrder(hosts, [...settled.on.filter((host) => stillHere.has(host)), ...pardonable]),
    failed: inOrder(hosts, [...settled.failed.filter((host) => stillHere.has(host) && !pardoned.has(host)), ...always.failed]),
    left: [...settled.left, ...always.left],
  }
}

function isOver({ play }: FlowPlace): boolean {
  return play.ended === 'play' || play.ended === 'batch' || play.ended === 'halted' || play.run.fault !== undefined || play.run.request.signal.aborted
}

/** A failure that is fatal for all ends everything but rescue and always sections. */
function isBroken({ play, rescuable, always }: FlowPlace): boolean {
  return play.ended === 'broken' && !rescuable && !always
}
