import type { Play, PlaySection } from '../../playbook/ast.ts'
import { newSequence, planSteps, playFrame } from '../plan/plan-steps.ts'
import type { Sequence, Step } from '../plan/steps.ts'
import type { RunContext } from '../run-context.ts'
import { factsTask } from './facts-task.ts'

/** A play's steps, the same for all batches. */
export interface PlayPlan {
  readonly facts: readonly Step[]
  /** The tasks of facts and sections in one row. */
  readonly sequence: Sequence
  readonly sections: readonly PlannedSection[]
  readonly handlers: readonly Step[]
}

export interface PlannedSection {
  readonly kind: PlaySection['kind']
  readonly steps: readonly Step[]
}

/** All sections are one sequence, so that look-ahead sees from one into the next. */
export function planPlay(run: RunContext, play: Play): PlayPlan {
  const planning = { frame: playFrame(play), sequence: newSequence(), nextId: run.nextId }
  return {
    sequence: planning.sequence,
    facts: planSteps([factsTask(play)], planning),
    sections: play.sections.map(({ kind, nodes }) => ({ kind, steps: planSteps(nodes, planning) })),
    handlers: planSteps(play.handlers, { ...planning, sequence: newSequence() }),
  }
}
