import type { Block, Play, Task, TaskNode } from '../../playbook/ast.ts'
import type { Dict } from '../../value/value.ts'
import { NO_KEYWORDS } from '../../playbook/keywords.ts'
import { inheritKeywords } from './inherit-keywords.ts'
import type { BlockStep, Frame, Sequence, Step, TaskStep } from './steps.ts'

export interface Planning {
  readonly frame: Frame
  readonly sequence: Sequence
  readonly nextId: () => number
}

/** Turns nodes into steps that know what they inherit. Sections planned with the same sequence follow one another. */
export function planSteps(nodes: readonly TaskNode[], planning: Planning): readonly Step[] {
  return nodes.map((node) => node.kind === 'block' ? planBlock(node, planning) : planTask(node, planning))
}

/** What every task of a play inherits. */
export function playFrame(play: Play): Frame {
  // Play vars are a level of their own, found through the play.
  return { keywords: { ...inheritKeywords(NO_KEYWORDS, play.shared), vars: undefined }, taskVars: [], includeParameters: [], role: undefined }
}

export function newSequence(after?: TaskStep): Sequence {
  return { steps: [], after }
}

function planTask(task: Task, { frame, sequence, nextId }: Planning): TaskStep {
  const own = { ...within(frame, task.keywords.vars), keywords: inheritKeywords(frame.keywords, task.keywords), role: task.role ?? frame.role }
  const step: TaskStep = { kind: 'task', id: nextId(), task, frame: own, outer: frame, sequence, index: sequence.steps.length }
  sequence.steps.push(step)
  return step
}

function planBlock(block: Block, planning: Planning): BlockStep {
  const outer = planning.frame
  const frame: Frame = { ...within(outer, block.keywords.vars), keywords: inheritKeywords(outer.keywords, block.keywords), role: block.role ?? outer.role }
  const inside = { ...planning, frame }
  return {
    kind: 'block', block, frame,
    main: planSteps(block.block, inside),
    rescue: planSteps(block.rescue, { ...inside, sequence: newSequence() }),
    always: planSteps(block.always, inside),
  }
}

function within(frame: Frame, vars: Dict | undefined): Frame {
  return vars === undefined ? frame : { ...frame, taskVars: [...frame.taskVars, vars] }
}
