import { didYouMean } from '../diagnostics/nearest.ts'
import { LazyDict } from '../value/lazy-dict.ts'
import type { TemplateString } from '../value/template-string.ts'
import type { Undefined } from '../value/undefined.ts'
import { UndefinedUseError, ValueTypeError } from '../value/use-error.ts'
import type { Value } from '../value/value.ts'
import { EvaluationError } from './evaluation-error.ts'
import { globalNames } from './runtime/globals.ts'
import { Missing } from './runtime/missing.ts'
import { RecursionFound, type Session } from './runtime/session.ts'
import { type TemplateText, placeInFile } from './source-place.ts'
import { TemplateSyntaxError } from './syntax/syntax-error.ts'
import { TemplateError } from './template-error.ts'

/** Adds to an undefined value where it was missed, or which other template asked for it. */
export function traced(missing: Undefined, session: Session, user: TemplateText): Missing {
  const origin = missing instanceof Missing ? missing.origin : {}
  const known = origin.place !== undefined
  const place = origin.place ?? { text: session.text, at: session.at }
  return new Missing(missing.name, missing.reason, { ...origin, place, users: known ? [...origin.users ?? [], user] : [] })
}

/** The error for something undefined that is needed after all. */
export function undefinedError(missing: Undefined, session: Session): TemplateError {
  const { place = { text: session.text, at: session.at }, users = [] } = missing instanceof Missing ? missing.origin : {}
  const detail = users.map((user) => `Used by ${describeTemplate(user)}`).join('\n')
  const reason = `'${missing.name}' is undefined${missing.reason === undefined ? '' : `: ${missing.reason}`}`
  const subject = `Cannot evaluate ${describeTemplate(place.text)}`
  return new TemplateError({
    code: 'undefined-variable',
    summary: `${subject}: ${reason}`,
    reason: `${reason}\n\n${subject}`,
    detail: detail === '' ? undefined : detail,
    hint: undefinedHint(missing, session),
    range: placeInFile(place.text, place.at),
  })
}

/** Makes a `TemplateError` of whatever was thrown; undefined for what is no template author's business. */
export function describeFailure(error: unknown, session: Session): TemplateError | undefined {
  if (error instanceof UndefinedUseError) return undefinedError(error.missing, session)
  if (error instanceof EvaluationError) return failure(session, { code: error.code, message: error.message, hint: error.hint }, error)
  if (error instanceof ValueTypeError) return failure(session, { code: 'template-type', message: error.message }, error)
  if (error instanceof TemplateSyntaxError) return syntaxError(error, session.text)
  if (error instanceof RecursionFound) return recursionError(error, session)
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return failure(session, { code: 'template-recursion', message: 'Cannot come to an end: templates or macros need each other in a circle' }, error)
  }
  return undefined
}

/** The error for a template that cannot be parsed. */
export function syntaxError(error: TemplateSyntaxError, text: TemplateText): TemplateError {
  return new TemplateError({
    code: 'template-syntax',
    summary: `${error.message}${text.range === undefined ? `, in ${describeTemplate(text)}` : ''}`,
    hint: error.hint,
    range: placeInFile(text, error.start, error.end),
  })
}

/** A template as a message names it. */
export function describeTemplate({ source, range }: TemplateText): string {
  const isFile = range !== undefined && range.end - range.start === range.file.text.length
  if (isFile) return range.file.path
  const line = source.replace(/\s+/g, ' ').trim()
  const text = line.length > 60 ? `${line.slice(0, 57)}...` : line
  if (range === undefined) return `'${text}'`
  return `'${text}' (${range.file.path}:${range.file.text.slice(0, range.start).split('\n').length})`
}

interface Failure {
  readonly code: TemplateError['code']
  readonly message: string
  readonly hint?: string | undefined
}

function failure(session: Session, { code, message, hint }: Failure, cause: Error): TemplateError {
  // Playbooks compare what Ansible says with what they expect: only our own messages are made part of the sentence.
  const isOurs = message.startsWith('Cannot ')
  return new TemplateError({
    code,
    summary: `Cannot evaluate ${describeTemplate(session.text)}: ${isOurs ? `c${message.slice(1)}` : message}`,
    ...!isOurs && { reason: message },
    hint,
    range: placeInFile(session.text, session.at),
  }, { cause })
}

function recursionError({ template, circle }: RecursionFound, session: Session): TemplateError {
  return new TemplateError({
    code: 'template-recursion',
    summary: `Cannot evaluate ${describeTemplate(template)}: it needs its own value${wayRound(circle.filter((other) => other !== template))}`,
    hint: 'Rename one of the variables that are defined by each other',
    range: placeInFile(session.text, session.at),
  })
}

/** What needs what, until it is back where it began. */
function wayRound(circle: readonly TemplateString[]): string {
  const steps = circle.map((template) => `needs ${describeTemplate(template)}`)
  return steps.length === 0 ? '' : `: it ${steps.join(', which ')}, which needs it again`
}

function undefinedHint(missing: Undefined, session: Session): string | undefined {
  // Nobody reads it.
  if (session.scope.ahead === true) return undefined
  const parent = missing instanceof Missing ? missing.origin.parent : undefined
  const path = missing.name.split('.')
  return parent === undefined
    ? didYouMean(missing.name, [...session.scope.names(), ...globalNames(session)])
    : didYouMean(path.at(-1) ?? '', keysOf(parent), path.slice(0, -1).map((part) => `${part}.`).join(''))
}

function keysOf(parent: Value): string[] {
  if (!(parent instanceof Map) || parent instanceof LazyDict) return []
  return [...parent.keys()].filter((key): key is string => typeof key === 'string')
}
