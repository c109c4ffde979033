import { numberOf } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, textArgument } from '../arguments.ts'
import { DateTime } from '../dates/date-time.ts'
import { strftime } from '../dates/strftime.ts'
import { strptime } from '../dates/strptime.ts'
import { zoneAt } from '../dates/zone.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { Filter } from '../types.ts'

/** Filters of dates and times. */
export const DATE_FILTERS: readonly (readonly [string, Filter])[] = [
  ['strftime', formatTime],
  ['to_datetime', (args, named) => readTime(bind(['string', 'format'], args, named))],
]

function formatTime(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['string_format', 'second', 'utc'], args, named)
  const epoch = bound.second === undefined || bound.second === null ? Date.now() / 1000 : epochOf(bound.second)
  const zone = zoneAt(epoch, flagArgument(bound.utc, false))
  return strftime(textOf(bound.string_format ?? null), { date: new Date((epoch + zone.minutes * 60) * 1000), microseconds: 0, zone, epoch })
}

function epochOf(second: Value): number {
  const number = numberOf(second) ?? (typeof second === 'string' && second.trim() !== '' ? Number(second) : NaN)
  if (Number.isNaN(Number(number))) throw new EvaluationError('filter-argument', `Invalid value for epoch value (${textOf(second)})`)
  return Number(number)
}

function readTime({ string, format }: { readonly string: Value | undefined, readonly format: Value | undefined }): Value {
  return new DateTime(strptime(textOf(string ?? null), textArgument(format, '%Y-%m-%d %H:%M:%S')))
}
