import { Float } from '../../value/float.ts'
import { dictGet, numberOf } from '../../value/equal.ts'
import { reprOf, textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import { Undefined } from '../../value/undefined.ts'
import { UndefinedUseError, ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { formatFloat, pad } from './format-number.ts'

const DIRECTIVE = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?(.|$)/gs

/** Python's `'...' % values`. */
export function formatPercent(format: string, values: Value): string {
  const source = new ValueSource(values)
  let text = ''
  let end = 0
  for (const match of format.matchAll(DIRECTIVE)) {
    text += format.slice(end, match.index) + formatDirective(match, source)
    end = match.index + match[0].length
  }
  source.finish()
  return text + format.slice(end)
}

function formatDirective([, key, flags = '', width, precision, type = '']: RegExpExecArray, source: ValueSource): string {
  if (type === '%') return '%'
  const size = sizeOf(width, source) ?? 0
  const digits = sizeOf(precision, source)
  const value = key === undefined ? source.next() : source.named(key)
  return formatOne(value, { flags: size < 0 ? `${flags}-` : flags, width: Math.abs(size), precision: digits, type })
}

interface Directive {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

class ValueSource {
  readonly #values: Value
  readonly #items: readonly Value[]
  #index = 0

  constructor(values: Value) {
    this.#values = values
    this.#items = values instanceof Tuple ? values.items : [values]
  }

  next(): Value {
    const value = this.#items[this.#index++]
    if (value === undefined) throw new ValueTypeError('Cannot format: there are fewer values than the format asks for')
    return value
  }

  named(key: string): Value {
    const dict = this.#values
    if (!(dict instanceof Map)) throw new ValueTypeError('Cannot format: a format with names needs a dict')
    const value = dictGet(dict, key)
    if (value === undefined) throw new ValueTypeError(`Cannot format: the dict has no key '${key}'`)
    this.#index = 1
    return value
  }

  finish(): void {
    const unused = this.#index < this.#items.length
    const mayBeUnused = this.#values instanceof Map || Array.isArray(this.#values)
    if (unused && !mayBeUnused) throw new ValueTypeError('Cannot format: there are more values than the format asks for')
  }
}

function formatOne(value: Value, directive: Directive): string {
  const format = FORMATS.get(directive.type)
  if (format === undefined) throw new ValueTypeError(`Cannot format: '%${directive.type}' is no format`)
  if (value instanceof Undefined && directive.type !== 'r') throw new UndefinedUseError(value)
  return format(value, directive)
}

type Format = (value: Value, directive: Directive) => string

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['s', (value, directive) => padText(textOf(value), directive)],
  ['r', (value, directive) => padText(value instanceof Undefined ? `AnsibleUndefined(hint=None, obj=missing, name=${reprOf(value.name)})` : reprOf(value), directive)],
  ['a', (value, directive) => padText(reprOf(value), directive)],
  ['c', (value, directive) => padText(typeof value === 'number' ? String.fromCodePoint(value) : textOf(value), directive)],
  ...['d', 'i', 'u'].map((type): [string, Format] => [type, (value, directive) => padNumber(integerText(value), directive)]),
  ...['o', 'x', 'X'].map((type): [string, Format] => [type, (value, directive) => padNumber(radixText(value, directive), directive)]),
  ...['e', 'E', 'f', 'F', 'g', 'G'].map((type): [string, Format] => [type, (value, directive) => padNumber(floatingText(value, directive), directive)]),
])

function floatingText(value: Value, { type, precision = 6, flags }: Directive): string {
  return formatFloat(Number(numeric(value, type)), { type, precision, alternate: flags.includes('#') })
}

/** A star takes the size from the values. */
function sizeOf(text: string | undefined, source: ValueSource): number | undefined {
  if (text === undefined) return undefined
  return text === '*' ? Number(numeric(source.next(), '*')) : Number(text)
}

function numeric(value: Value, type: string): number | bigint {
  const number = numberOf(value)
  if (number === undefined) throw new ValueTypeError(`Cannot format: %${type} needs a number, not '${typeName(value)}'`)
  return number
}

function integerText(value: Value): string {
  const number = numeric(value, 'd')
  return value instanceof Float ? BigInt(Math.trunc(value.value)).toString() : number.toString()
}

function radixText(value: Value, { type, flags }: Directive): string {
  if (value instanceof Float) throw new ValueTypeError(`Cannot format: %${type} needs an integer, not 'float'`)
  const number = BigInt(numeric(value, type))
  const prefix = flags.includes('#') ? `0${type}` : ''
  const digits = (number < 0n ? -number : number).toString(type === 'o' ? 8 : 16)
  return `${number < 0n ? '-' : ''}${prefix}${type === 'X' ? digits.toUpperCase() : digits}`
}

function padText(text: string, { flags, width, precision }: Directive): string {
  return pad(text.slice(0, precision ?? Infinity), { width, align: flags.includes('-') ? '<' : '>', fill: ' ' })
}

function padNumber(text: string, { flags, width }: Directive): string {
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const signed = text.startsWith('-') ? text : plus + text
  if (flags.includes('-')) return pad(signed, { width, align: '<', fill: ' ' })
  return flags.includes('0') ? pad(signed, { width, align: '=', fill: '0' }) : pad(signed, { width, align: '>', fill: ' ' })
}
