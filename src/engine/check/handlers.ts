import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { TaskStep } from '../plan/steps.ts'
import { controlName } from '../flow/control-name.ts'
import { templatesIn } from './templates-in.ts'
import type { PlannedTask, StillPlay } from './every-task.ts'

/** Names in `notify` that no handler answers to. */
export function checkHandlers(_still: StillPlay, tasks: readonly PlannedTask[]): readonly Diagnostic[] {
  const steps = tasks.map(({ step }) => step)
  const handlers = steps.filter(({ task }) => task.isHandler)
  if (steps.some(bringsHandlers) || handlers.some(isNamedByTemplate)) return []
  const known = new Set(handlers.flatMap(namesOf))
  return steps.flatMap((step) => step.task.notify.filter((name) => typeof name === 'string' && !known.has(name)).map((name) => unknownHandler(step, String(name), known)))
}

/** Handlers of included roles are not known yet. */
function bringsHandlers(step: TaskStep): boolean {
  return ['include_role', 'include_tasks', 'include'].includes(controlName(step))
}

function isNamedByTemplate({ task }: TaskStep): boolean {
  return templatesIn(task.name).length > 0 || task.listen.some((topic) => templatesIn(topic).length > 0)
}

function namesOf({ task, frame }: TaskStep): readonly string[] {
  const name = typeof task.name === 'string' ? task.name : undefined
  const topics = task.listen.flatMap((topic) => Array.isArray(topic) ? topic : [topic]).filter((topic) => typeof topic === 'string')
  if (name === undefined) return topics
  return [name, ...frame.role ? [`${frame.role.role.name} : ${name}`] : [], ...topics]
}

function unknownHandler({ task }: TaskStep, name: string, known: ReadonlySet<string>): Diagnostic {
  const hint = didYouMean(name, known)
  return {
    code: 'unknown-handler', severity: 'error', range: task.range,
    summary: `Cannot notify '${name}': no handler has that name or listens to it`,
    ...(hint !== undefined && { hint }),
  }
}
