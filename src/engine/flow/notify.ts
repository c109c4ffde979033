import type { RoleUse } from '../../playbook/ast.ts'
import type { Value } from '../../value/value.ts'
import type { TaskStep } from '../plan/steps.ts'
import { asTexts } from '../task/keyword.ts'
import { openSite, type Site } from '../task/site.ts'
import { lenientText, taskName } from '../task/task-address.ts'
import type { HandlerNames, Notice } from './handler-table.ts'

/** A notified name that no handler answers to. */
class UnknownHandlerError extends Error {
  readonly kind = 'unknown-handler'
}

/** Marks the handlers that a site's task notifies. */
export function notifyHandlers(site: Site, notice: Notice): void {
  for (const name of notifiedNames(site)) notifyHandler(site, name, notice)
}

function notifyHandler(site: Site, name: string, notice: Notice): void {
  const { handlers, run } = site.play
  const found = handlers.find(name, (step) => handlerNames(openSite({ play: site.play, step, host: site.host })))
  if (found.length === 0) throw new UnknownHandlerError(`Cannot notify '${name}': no handler has that name or listens to it`)
  for (const step of found) {
    for (const host of site.shares) {
      if (!handlers.notify(step, host, notice)) continue
      run.events.emit({ kind: 'handler-notified', host, handler: taskName(openSite({ play: site.play, step, host })) })
    }
  }
}

function notifiedNames(site: Site): string[] {
  return texts(site, site.step.task.notify)
}

function texts(site: Site, values: readonly Value[]): string[] {
  return values.flatMap((value) => asTexts(site.play.run.request.templar.evaluate(value, site.scope)))
}

function handlerNames(site: Site): HandlerNames {
  const { step } = site
  const plain = step.task.name === undefined ? [] : [lenientText(site, step.task.name)]
  return { names: [...plain, ...plain.flatMap((name) => rolesOf(step).map((role) => `${role} : ${name}`))], topics: topicsOf(site) }
}

/** A topic that cannot be evaluated is listened to by nobody. */
function topicsOf(site: Site): string[] {
  try {
    return texts(site, site.step.task.listen)
  } catch {
    return []
  }
}

function rolesOf({ frame }: TaskStep): string[] {
  const use: RoleUse | undefined = frame.role
  return use ? [use.role.name] : []
}
