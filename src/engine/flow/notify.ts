import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Value } from '../../value/value.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { asTexts } from '../task/keyword.ts'
import { openSite, type Site } from '../task/site.ts'
import { requireKnown } from '../../value/require-known.ts'
import { textOf } from '../../value/text.ts'
import { taskName } from '../task/task-name.ts'
import type { HandlerNames, Notice } from './handler-table.ts'

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

/** The playbook is wrong, not the host: it ends the run, unless settings make it a warning. */
function missing({ play: { run }, step }: Site, name: string): void {
  const told = { code: 'unknown-handler', summary: `Cannot notify '${name}': no handler has that name or listens to it`, range: step.task.range }
  if (!run.request.config.get('ERROR_ON_MISSING_HANDLER')) run.events.emit({ kind: 'warned', diagnostic: { ...told, severity: 'warning' } })
  else run.fault ??= new DiagnosticError([{ ...told, severity: 'error', ansible: missingHandler(name) }])
}

/** ansible-core's words for a name that nothing answers to. */
export function missingHandler(name: string): string {
  return `The requested handler '${name}' was not found in either the main handlers list nor in the listening handlers list`
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
  const name = nameOf(site)
  return { name, names: name === undefined ? [] : withRole(step, name), topics: topicsOf(site).flatMap((topic) => withRole(step, topic)) }
}

/** A name that hangs on a variable which is not there cannot be notified. */
function nameOf(site: Site): string | undefined {
  const { play: { handlers, run }, step, step: { task } } = site
  if (!(task.name instanceof TemplateString)) return task.name === undefined ? undefined : String(task.name)
  try {
    return textOf(requireKnown(run.request.templar.evaluate(task.name, site.scope)))
  } catch (error) {
    if (task.listen.length === 0 && handlers.markUnusable(step)) warnUnusable(site, { name: task.name, error })
    return undefined
  }
}

function warnUnusable({ play: { run } }: Site, { name, error }: { readonly name: TemplateString, readonly error: unknown }): void {
  const reason = 'because it has no listen topics and the name could not be templated (host-specific variables are not supported in handler names)'
  const summary = `Handler '${name.source}' is unusable ${reason}. The error: ${error instanceof Error ? error.message : String(error)}`
  run.events.emit({ kind: 'warned', diagnostic: { code: 'unusable-handler', severity: 'warning', summary, ...name.range && { range: name.range } } })
}

/** Topics are as they are written: as in ansible-core, templates in them are not evaluated. */
function topicsOf({ step }: Site): string[] {
  return step.task.listen.flatMap((topic) => topic instanceof TemplateString ? [topic.source] : asTexts(topic))
}

/** The ways to say a handler's name or topic: plainly, and with its role, which goes by its short name too when it is of a collection. */
export function withRole({ frame }: TaskStep, text: string): readonly string[] {
  const role = frame.role?.role.name
  return role === undefined ? [text] : [text, ...new Set([role, role.split('.').at(-1) ?? role].map((name) => `${name} : ${text}`))]
}
