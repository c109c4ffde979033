import { Callable } from '../value/callable.ts'
import { numberOf } from '../value/equal.ts'
import { Float } from '../value/float.ts'
import { textOf } from '../value/text.ts'
import { typeName } from '../value/type-name.ts'
import { ValueTypeError } from '../value/use-error.ts'
import type { Value } from '../value/value.ts'
import { bind, flagArgument } from './arguments.ts'
import { DateTime } from './dates/date-time.ts'
import { strftime } from './dates/strftime.ts'
import { zoneAt } from './dates/zone.ts'
import { lipsum } from './lipsum.ts'
import { pairsOf } from './methods/dict-methods.ts'
import { TemplateObject } from '../value/template-object.ts'

/** Functions that every template can call. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', new Callable('range', range)],
  ['dict', new Callable('dict', makeDict)],
  ['namespace', new Callable('namespace', (args, named) => new TemplateObject('Namespace', makeDict(args, named)))],
  ['cycler', new Callable('cycler', cycler)],
  ['joiner', new Callable('joiner', joiner)],
  ['now', new Callable('now', now)],
  ['lipsum', new Callable('lipsum', lipsum)],
])

function range(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  if (args.length === 0 || args.length > 3 || named.size > 0) throw new ValueTypeError('Cannot make a range: one to three whole numbers are expected')
  const [first = 0, second, third] = args.map(wholeNumber)
  const [start, stop, step] = second === undefined ? [0, first, 1] : [first, second, third ?? 1]
  if (step === 0) throw new ValueTypeError('Cannot make a range with a step of zero')
  return Array.from({ length: Math.max(0, Math.ceil((stop - start) / step)) }, (_, index) => start + index * step)
}

function wholeNumber(value: Value): number {
  const number = value instanceof Float ? undefined : numberOf(value)
  if (number === undefined) throw new ValueTypeError(`Cannot make a range of a value of type '${typeName(value)}'`)
  return Number(number)
}

function makeDict(args: readonly Value[], named: ReadonlyMap<string, Value>): Map<Value, Value> {
  return new Map<Value, Value>([...args.flatMap(pairsOf), ...named])
}

/** `now(utc=False, fmt=None)`: a date, or its text in a format. */
function now(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['utc', 'fmt'], args, named)
  const milliseconds = Date.now()
  const { minutes } = zoneAt(milliseconds / 1000, flagArgument(bound.utc, false))
  const time = { milliseconds: Math.floor(milliseconds / 1000 + minutes * 60) * 1000, microseconds: milliseconds % 1000 * 1000, offset: undefined }
  if (bound.fmt === undefined || bound.fmt === null) return new DateTime(time)
  return strftime(textOf(bound.fmt), { date: new Date(time.milliseconds), microseconds: time.microseconds, zone: undefined, epoch: milliseconds / 1000 })
}

/** `cycler('odd', 'even')`: `next()`, `current`, `reset()`. */
function cycler(items: readonly Value[]): Value {
  const [first] = items
  if (first === undefined) throw new ValueTypeError('Cannot make a cycler of nothing')
  let index = 0
  const object = new TemplateObject('Cycler', [['current', first]])
  const move = (to: number) => {
    index = to
    object.set('current', items[index] ?? first)
  }
  object.set('next', new Callable('next', () => {
    const current = items[index] ?? first
    move((index + 1) % items.length)
    return current
  }))
  object.set('reset', new Callable('reset', () => {
    move(0)
    return null
  }))
  return object
}

/** Nothing when called first, the separator from then on. */
function joiner(args: readonly Value[]): Value {
  let used = false
  return new Callable('joiner', () => {
    const text = used ? textOf(args[0] ?? ', ') : ''
    used = true
    return text
  })
}
