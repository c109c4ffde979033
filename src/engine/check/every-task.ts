import type { RunContext } from '../run-context.ts'
import type { Step, TaskStep } from '../plan/steps.ts'
import { contextOf } from '../play/context-of.ts'
import type { PlayContext } from '../play/play-context.ts'
import type { PlayPlan } from '../play/play-plan.ts'
import { playSettings } from '../play/play-settings.ts'

/** A play as it would run, planned but not started. */
export interface StillPlay {
  readonly context: PlayContext
  readonly plan: PlayPlan
}

export interface PlannedTask {
  readonly step: TaskStep
  /** Within a block that has a rescue section. */
  readonly rescuable: boolean
  readonly section: string
}

export function stillPlays(run: RunContext): readonly StillPlay[] {
  return run.request.playbooks.flatMap(({ plays }) => plays).map((play, index) => {
    const settings = playSettings(run, play)
    const plan = run.line.plan(play)
    const address = { index, name: settings.name, range: play.range }
    return { plan, context: contextOf({ run, play, address, hosts: settings.hosts, batch: settings.hosts, settings, plan }) }
  })
}

/** Every static task of a play, handlers last. */
export function everyTask({ plan }: StillPlay): readonly PlannedTask[] {
  const sections = plan.sections.flatMap(({ kind, steps }) => tasksOf(steps, { rescuable: false, section: kind }))
  return [...sections, ...tasksOf(plan.handlers, { rescuable: false, section: 'handlers' })]
}

function tasksOf(steps: readonly Step[], at: Omit<PlannedTask, 'step'>): PlannedTask[] {
  return steps.flatMap((step) => {
    if (step.kind === 'task') return [{ step, ...at }]
    const main = tasksOf(step.main, { ...at, rescuable: at.rescuable || step.rescue.length > 0 })
    return [...main, ...tasksOf([...step.rescue, ...step.always], at)]
  })
}
