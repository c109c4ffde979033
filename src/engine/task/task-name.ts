import { Undefined } from '../../value/undefined.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Value } from '../../value/value.ts'
import { controlName } from '../flow/control-name.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { Site } from './site.ts'

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

/** Whether a task includes a role. */
export function isRoleInclude(step: TaskStep): boolean {
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
