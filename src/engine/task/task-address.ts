import type { TaskAddress } from '../../run/run-event.ts'
import { Undefined } from '../../value/undefined.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Value } from '../../value/value.ts'
import { controlName } from '../flow/control-name.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { asBoolean, keyword } from './keyword.ts'
import type { Site } from './site.ts'
import { writtenArguments } from './written-arguments.ts'

/** The address of a site's task, its name evaluated there as far as it can be. */
export function taskAddress(site: Site): TaskAddress {
  return { ...addressOf(site.play, site.step, { name: taskName(site), check: isChecked(site) }), ...writtenArguments(site) }
}

function addressOf(play: PlayContext, step: TaskStep, { name, check }: Pick<TaskAddress, 'name'> & { readonly check: boolean }): TaskAddress {
  const { task, frame } = step
  return { id: step.id, play: play.address, name, role: isRoleInclude(step) ? undefined : frame.role?.role.name, module: task.module, isHandler: task.isHandler, range: task.range, check }
}

/** As far as that can be told before the task runs. */
function isChecked(site: Site): boolean {
  const { check } = site.play.run.request.options
  try {
    return asBoolean(keyword(site, 'checkMode'), check)
  } catch {
    return check
  }
}

/** The name of a task as people see it; as written where it cannot be evaluated; the module's where it has none. */
export function taskName(site: Site): string {
  const { name, args } = site.step.task
  if (name !== undefined && name !== '') return lenientText(site, name)
  const module = writtenModule(site.step)
  const role = isRoleInclude(site.step) ? args.named.get('name')?.value ?? args.named.get('role')?.value : undefined
  return role === undefined ? module : `${module} : ${lenientText(site, role)}`
}

/** The module with the prefix that its author gave it. */
function writtenModule({ task: { module, moduleRange: { file, start, end } } }: TaskStep): string {
  const written = file.text.slice(start, end)
  return written.endsWith(`.${module}`) ? written : module
}

function isRoleInclude(step: TaskStep): boolean {
  return controlName(step) === 'include_role'
}

/** The text of a value that is only shown. */
function lenientText(site: Site, value: Value): string {
  if (!(value instanceof TemplateString)) return String(value)
  try {
    const text = site.play.run.request.templar.evaluate(value, site.scope)
    return text instanceof Undefined || typeof text === 'object' ? value.source : String(text)
  } catch {
    return value.source
  }
}
