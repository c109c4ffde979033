import type { Block, Keywords, RoleUse, Task } from '../../playbook/ast.ts'
import type { Dict } from '../../value/value.ts'

/** What a node inherits from all that encloses it. */
export interface Frame {
  /** Inherited and own keywords in one. */
  readonly keywords: Keywords
  /** `vars:` of blocks and the task, outermost first. */
  readonly taskVars: readonly Dict[]
  /** Parameters of include_tasks and include_role on the way here, outermost first. */
  readonly includeParameters: readonly Dict[]
  readonly role: RoleUse | undefined
}

/** A node of the playbook with all that it inherits, ready to run. */
export type Step = TaskStep | BlockStep

export interface TaskStep {
  readonly kind: 'task'
  /** Unique within the run, in order of appearance. */
  readonly id: number
  readonly task: Task
  readonly frame: Frame
  /** Without the task's own keywords: what tasks included by it inherit. */
  readonly outer: Frame
  /** Where it stands among the tasks that run one after another. */
  readonly sequence: Sequence
  readonly index: number
}

export interface BlockStep {
  readonly kind: 'block'
  readonly block: Block
  readonly frame: Frame
  readonly main: readonly Step[]
  readonly rescue: readonly Step[]
  readonly always: readonly Step[]
}

/** Tasks in the order in which they run when nothing fails: what look-ahead walks along. */
export interface Sequence {
  readonly steps: TaskStep[]
  /** The include task after which an including sequence goes on. */
  readonly after: TaskStep | undefined
}

/** The tasks after a step, in order; those of rescue sections are left out. */
export function* following(step: TaskStep): Generator<TaskStep> {
  const { sequence: { steps, after }, index } = step
  for (let next = index + 1; next < steps.length; next++) {
    const candidate = steps[next]
    if (candidate) yield candidate
  }
  if (after) yield* following(after)
}
