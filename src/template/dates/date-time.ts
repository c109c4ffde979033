import { Callable } from '../../value/callable.ts'
import { Float } from '../../value/float.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { type CalendarTime, strftime } from './strftime.ts'
import type { ParsedTime } from './strptime.ts'

/** Python's `datetime`: what `to_datetime` and `now()` give. Two of them can be subtracted and compared. */
export class DateTime extends TemplateObject {
  readonly #time: ParsedTime

  constructor(time: ParsedTime) {
    super(strftime(`%Y-%m-%d %H:%M:%S${time.microseconds === 0 ? '' : '.%f'}`, calendar(time)) + offsetText(time.offset, ':'))
    this.#time = time
  }

  override get(key: Value): Value | undefined {
    return typeof key === 'string' ? MEMBERS.get(key)?.(calendar(this.#time), this) : undefined
  }

  override get type(): string {
    return 'datetime'
  }

  override get asData(): string {
    return this.description.replace(' ', 'T')
  }

  override get order(): number {
    return this.#time.milliseconds / 1000 + this.#time.microseconds / 1e6 - (this.#time.offset ?? 0) * 60
  }

  override operate(operator: string, other: Value): Value | undefined {
    if (operator === '-' && other instanceof DateTime) return new TimeDelta(this.order - other.order)
    if (!(other instanceof TimeDelta) || operator !== '-' && operator !== '+') return undefined
    const seconds = operator === '-' ? -other.order : other.order
    return new DateTime({ ...this.#time, milliseconds: this.#time.milliseconds + seconds * 1000 })
  }
}

/** Python's `timedelta`. */
class TimeDelta extends TemplateObject {
  readonly #seconds: number

  constructor(seconds: number) {
    super(deltaText(seconds), deltaMembers(seconds))
    this.#seconds = seconds
  }

  override get type(): string {
    return 'timedelta'
  }

  override get order(): number {
    return this.#seconds
  }

  override operate(operator: string, other: Value): Value | undefined {
    if (!(other instanceof TimeDelta)) return undefined
    if (operator === '+') return new TimeDelta(this.order + other.order)
    return operator === '-' ? new TimeDelta(this.order - other.order) : undefined
  }
}

function calendar({ milliseconds, microseconds, offset }: ParsedTime): CalendarTime {
  const zone = offset === undefined ? undefined : { name: offset === 0 ? 'UTC' : `UTC${offsetText(offset, ':')}`, offset: offsetText(offset, '') }
  return { date: new Date(milliseconds), microseconds, zone, epoch: milliseconds / 1000 }
}

function offsetText(offset: number | undefined, separator: string): string {
  if (offset === undefined) return ''
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${separator}${String(minutes).padStart(2, '0')}`
}

const MEMBERS: ReadonlyMap<string, (time: CalendarTime, self: DateTime) => Value> = new Map<string, (time: CalendarTime, self: DateTime) => Value>([
  ['year', ({ date }) => date.getUTCFullYear()],
  ['month', ({ date }) => date.getUTCMonth() + 1],
  ['day', ({ date }) => date.getUTCDate()],
  ['hour', ({ date }) => date.getUTCHours()],
  ['minute', ({ date }) => date.getUTCMinutes()],
  ['second', ({ date }) => date.getUTCSeconds()],
  ['microsecond', ({ microseconds }) => microseconds],
  ['strftime', (time) => new Callable('strftime', ([format = '']) => strftime(textOf(format), time))],
  ['isoformat', (_time, self) => new Callable('isoformat', ([separator = 'T']) => self.description.replace(' ', textOf(separator)))],
  ['timestamp', (_time, self) => new Callable('timestamp', () => new Float(self.order))],
  ['weekday', ({ date }) => new Callable('weekday', () => (date.getUTCDay() + 6) % 7)],
  ['isoweekday', ({ date }) => new Callable('isoweekday', () => (date.getUTCDay() + 6) % 7 + 1)],
  ['date', (time) => new Callable('date', () => strftime('%Y-%m-%d', time))],
  ['time', (time) => new Callable('time', () => strftime('%H:%M:%S', time))],
])

function deltaMembers(total: number): [Value, Value][] {
  const days = Math.floor(total / 86_400)
  const rest = total - days * 86_400
  return [
    ['days', days],
    ['seconds', Math.floor(rest)],
    ['microseconds', Math.round((rest - Math.floor(rest)) * 1e6)],
    ['total_seconds', new Callable('total_seconds', () => new Float(total))],
  ]
}

function deltaText(total: number): string {
  const days = Math.floor(total / 86_400)
  const rest = Math.floor(total - days * 86_400)
  const clock = `${Math.floor(rest / 3600)}:${String(Math.floor(rest / 60) % 60).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
  return days === 0 ? clock : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${clock}`
}
