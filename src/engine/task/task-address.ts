import type { TaskAddress } from '../../run/run-event.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { asBoolean, keyword } from './keyword.ts'
import type { Site } from './site.ts'
import { isRoleInclude, taskName } from './task-name.ts'
import { writtenArguments } from './written-arguments.ts'

/** The address of a site's task, its name evaluated there as far as it can be. */
export function taskAddress(site: Site): TaskAddress {
  return { ...addressOf(site.play, site.step, { name: taskName(site), check: isChecked(site) }), ...writtenArguments(site) }
}

function addressOf(play: PlayContext, step: TaskStep, { name, check }: Pick<TaskAddress, 'name'> & { readonly check: boolean }): TaskAddress {
  const { task, frame } = step
  const role = isRoleInclude(step) ? undefined : frame.role?.role.name
  return { id: step.id, play: play.address, name, role, module: task.module, isHandler: task.isHandler, range: task.range, check }
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
