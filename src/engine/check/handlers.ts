import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { TaskStep } from '../plan/steps.ts'
import { controlName } from '../flow/control-name.ts'
import { missingHandler, withRole } from '../flow/notify.ts'
import { asFarAs } from './certainty.ts'
import type { PlannedTask } from './every-task.ts'
import { placeOf } from './place-of.ts'
import type { StillPlay } from './still-plays.ts'
import { templatesIn } from './templates-in.ts'

/** Names in `notify` that no handler answers to. */
export function checkHandlers({ context }: StillPlay, tasks: readonly PlannedTask[]): readonly Diagnostic[] {
  if (!context.run.request.config.get('ERROR_ON_MISSING_HANDLER')) return []
  const handlers = tasks.map(({ step }) => step).filter(({ task }) => task.isHandler)
  if (tasks.some(bringsHandlers) || handlers.some(isNamedByTemplate)) return []
  const known = new Set(handlers.flatMap(namesOf))
  return tasks.filter(({ certainty }) => certainty !== 'expected').flatMap(({ step, brought }) => step.task.notify
    .filter((name) => typeof name === 'string' && !known.has(name))
    .flatMap((name) => asFarAs(brought, unknownHandler(step, String(name), known))))
}

/** Handlers of included roles are not known yet, and an include among the handlers may be notified by what it includes. */
function bringsHandlers({ step, isOpened }: PlannedTask): boolean {
  const control = controlName(step)
  return step.task.isHandler ? control === 'include_tasks' : !isOpened && ['include_role', 'include_tasks'].includes(control)
}

function isNamedByTemplate({ task }: TaskStep): boolean {
  return templatesIn(task.name).length > 0 || task.listen.some((topic) => templatesIn(topic).length > 0)
}

function namesOf(step: TaskStep): readonly string[] {
  const { name, listen } = step.task
  const topics = listen.flatMap((topic) => Array.isArray(topic) ? topic : [topic])
  return [name, ...topics].filter((text) => typeof text === 'string').flatMap((text) => withRole(step, text))
}

function unknownHandler({ task }: TaskStep, name: string, known: ReadonlySet<string>): Diagnostic {
  const hint = didYouMean(name, known)
  const afterKey = task.range.file.text.indexOf('notify', task.range.start)
  return {
    code: 'unknown-handler', severity: 'error',
    range: placeOf(name, { ...task.range, start: Math.max(afterKey, task.range.start) }) ?? task.range,
    summary: `Cannot notify '${name}': no handler has that name or listens to it`,
    ansible: missingHandler(name),
    ...(hint !== undefined && { hint }),
  }
}
