import { TemplateString } from '../../value/template-string.ts'
import type { Value } from '../../value/value.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { asTexts } from '../task/keyword.ts'
import { openSite, type Site } from '../task/site.ts'
import { lenientText, taskName } from '../task/task-address.ts'
import type { HandlerNames, Notice } from './handler-table.ts'

/** A notified name that no handler answers to. */
class UnknownHandlerError extends Error {
  readonly kind = 'unknown-handler'
}

/** Takes down which handlers a site's task notifies. What the names mean is worked out when handlers are flushed, unless that is under way. */
export function notifyHandlers(site: Site, notice: Notice): void {
  const { play, host, step } = site
  for (const name of texts(site, step.task.notify)) {
    const found = meantBy(play, host, name)
    if (found.length === 0) missing(site, name)
    else if (step.task.isHandler) notifyAll(play, found, { host, notice })
    else play.handlers.save(host, name, notice)
  }
}

/** Settings may make it a warning. */
function missing({ play: { run: { events, request } }, step }: Site, name: string): void {
  const summary = `Cannot notify '${name}': no handler has that name or listens to it`
  if (request.config.get('ERROR_ON_MISSING_HANDLER')) throw new UnknownHandlerError(summary)
  events.emit({ kind: 'warned', diagnostic: { code: 'unknown-handler', severity: 'warning', summary, range: step.task.range } })
}

/** Marks the handlers that a host has notified by name. */
export function resolveNotified(play: PlayContext, host: string): void {
  for (const [name, notice] of play.handlers.takeSaved(host)) notifyAll(play, meantBy(play, host, name), { host, notice })
}

function notifyAll(play: PlayContext, steps: readonly TaskStep[], { host, notice }: { readonly host: string, readonly notice: Notice }): void {
  for (const step of steps) {
    if (!play.handlers.notify(step, host, notice)) continue
    play.run.events.emit({ kind: 'handler-notified', host, handler: taskName(openSite({ play, step, host })) })
  }
}

function meantBy(play: PlayContext, host: string, name: string): readonly TaskStep[] {
  return play.handlers.find(name, (step) => namesOf(play, host, step))
}

function namesOf(play: PlayContext, host: string, step: TaskStep): HandlerNames {
  const known = play.handlerNames.get(step.id)
  if (known) return known
  const names = handlerNames(openSite({ play, step, host }))
  if (![step.task.name, ...step.task.listen].some((value) => value instanceof TemplateString)) play.handlerNames.set(step.id, names)
  return names
}

function texts(site: Site, values: readonly Value[]): string[] {
  return values.flatMap((value) => asTexts(site.play.run.request.templar.evaluate(value, site.scope)))
}

function handlerNames(site: Site): HandlerNames {
  const { step } = site
  const name = step.task.name === undefined ? undefined : lenientText(site, step.task.name)
  const prefixed = (text: string): string[] => [text, ...roleNames(step).map((role) => `${role} : ${text}`)]
  return { name, names: name === undefined ? [] : prefixed(name), topics: topicsOf(site).flatMap(prefixed) }
}

/** A topic that cannot be evaluated is listened to by nobody. */
function topicsOf(site: Site): string[] {
  try {
    return texts(site, site.step.task.listen)
  } catch {
    return []
  }
}

/** A role of a collection goes by its short name too. */
function roleNames({ frame }: TaskStep): string[] {
  const name = frame.role?.role.name
  return name === undefined ? [] : [...new Set([name, name.split('.').at(-1) ?? name])]
}
