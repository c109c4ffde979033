import type { Diagnostic } from '../../diagnostics/types.ts'
import { controlName } from '../flow/control-name.ts'
import type { Step, TaskStep } from '../plan/steps.ts'
import { asFarAs, type Certainty, certaintyOf, type Surroundings } from './certainty.ts'
import { staticallyIncluded } from './included-tasks.ts'
import { loopNames } from './loop-names.ts'
import type { StillPlay } from './still-plays.ts'

export interface PlannedTask {
  readonly step: TaskStep
  readonly certainty: Certainty
  /** Of the include that brings it in; `certain` for what stands in the playbook. */
  readonly brought: Certainty
  /** An include whose tasks are known and follow. */
  readonly isOpened: boolean
  /** Variables of the loops of the includes around it. */
  readonly given: readonly string[]
}

export interface EveryTask {
  readonly tasks: readonly PlannedTask[]
  /** What kept static includes from being read. */
  readonly problems: readonly Diagnostic[]
}

/** Every task of a play that can be known before it runs, handlers last. Includes that name their file or role plainly are gone into. */
export async function everyTask({ context, plan }: StillPlay): Promise<EveryTask> {
  const found: Found = { tasks: [], problems: [], trail: [], given: [], end: { isMet: false } }
  const base: Surroundings = { context, outer: 'certain', rescuable: false, section: '' }
  for (const { kind, steps } of plan.sections) await addSteps(steps, { ...base, section: kind }, found)
  await addSteps(plan.handlers, { ...base, section: 'handlers' }, found)
  return found
}

interface Found extends EveryTask {
  readonly tasks: PlannedTask[]
  readonly problems: Diagnostic[]
  /** What is being included, to stop at what includes itself. */
  readonly trail: readonly string[]
  readonly given: readonly string[]
  /** Whether a task was met that is bound to fail: what comes after it may never be reached. */
  readonly end: { isMet: boolean }
}

async function addSteps(steps: readonly Step[], at: Surroundings, found: Found): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'task') await addTask(step, at, found)
    else {
      await addSteps(step.main, { ...at, rescuable: at.rescuable || step.rescue.length > 0 }, found)
      await addSteps([...step.rescue, ...step.always], at, found)
    }
  }
}

async function addTask(step: TaskStep, at: Surroundings, found: Found): Promise<void> {
  const certainty = certaintyOf(step, found.end.isMet && at.outer === 'certain' ? { ...at, outer: 'conditional' } : at)
  if (certainty === 'certain' && controlName(step) === 'fail') found.end.isMet = true
  const included = await staticallyIncluded(step, at.context, found.trail)
  found.tasks.push({ step, certainty, brought: at.outer, isOpened: included !== undefined, given: found.given })
  if (included === undefined) return
  found.problems.push(...included.problems.flatMap((problem) => asFarAs(certainty, problem)))
  const inside = { ...found, trail: [...found.trail, included.name], given: [...found.given, ...loopNames(step)] }
  await addSteps(included.steps, { ...at, outer: certainty }, inside)
  await addSteps(included.handlers, { ...at, outer: certainty, section: 'handlers' }, inside)
}
