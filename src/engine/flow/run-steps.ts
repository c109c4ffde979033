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

/** The hosts that fail go through rescue, then all go through always. */
async function runBlock(step: BlockStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const settled = await runRescued(step, hosts, at)
  const parted = step.always.length === 0 ? settled : await runAlways(step, { hosts, settled }, at)
  return step.block.role === undefined ? parted : rejoined(hosts, parted, step.block.role)
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
  const leaving = settled.left.map(({ host }) => host)
  const present = inOrder(hosts, [...settled.on, ...settled.failed, ...leaving])
  const always = present.length === 0 ? allOn([]) : await runSteps(step.always, present, { ...at, always: true })
  const stillHere = new Set(always.on)
  return {
    on: settled.on.filter((host) => stillHere.has(host)),
    failed: inOrder(hosts, [...settled.failed.filter((host) => stillHere.has(host)), ...always.failed]),
    left: [...settled.left.filter(({ host }) => stillHere.has(host)), ...always.left],
  }
}

function isOver({ play }: FlowPlace): boolean {
  return play.ended === 'play' || play.ended === 'batch' || play.run.request.signal.aborted
}

/** A failure that is fatal for all ends everything but rescue and always sections. */
function isBroken({ play, rescuable, always }: FlowPlace): boolean {
  return play.ended === 'broken' && !rescuable && !always
}
