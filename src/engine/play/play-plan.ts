import type { Play, PlaySection } from '../../playbook/ast.ts'
import type { Value } from '../../value/value.ts'
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
    facts: planSteps(factsModules(run).map((module) => factsTask(play, module, factsArguments(play, module))), planning),
    sections: play.sections.map(({ kind, nodes }) => ({ kind, steps: planSteps(nodes, planning) })),
    handlers: planSteps(play.handlers, { ...planning, sequence: newSequence() }),
  }
}

/** A module for each that the setting names, one after the other. */
function factsModules({ request: { config } }: RunContext): readonly string[] {
  const names = config.get('FACTS_MODULES').map((name) => name.replace(/^ansible\.(?:builtin|legacy)\./, ''))
  return [...new Set(names.map((name) => name === 'smart' ? 'setup' : name))]
}

/** What the play says of facts is for `setup` alone: others have arguments of their own. */
function factsArguments({ keywords: { gatherSubset, gatherTimeout, factPath } }: Play, module: string): readonly [string, Value | undefined][] {
  return module === 'setup' ? [['gather_subset', gatherSubset], ['gather_timeout', gatherTimeout], ['fact_path', factPath]] : []
}
