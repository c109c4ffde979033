import { dictGet, numberOf } from '../../value/equal.ts'
import { Float } from '../../value/float.ts'
import { reprOf, textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { formatFloat, pad } from './format-number.ts'

/** Python's `'{}'.format(...)`. Fields reach items of dicts and lists and nothing else: never a member of a JavaScript object. */
export function formatBraces(format: string, args: readonly Value[], named: ReadonlyMap<string, Value>): string {
  return new BraceFormatter(args, named).format(format)
}

class BraceFormatter {
  readonly #args: readonly Value[]
  readonly #named: ReadonlyMap<string, Value>
  #index = 0

  constructor(args: readonly Value[], named: ReadonlyMap<string, Value>) {
    this.#args = args
    this.#named = named
  }

  format(format: string): string {
    return format.replace(/\{\{|\}\}|\{((?:[^{}]|\{[^{}]*\})*)\}|[{}]/g, (match, field: string | undefined) => {
      if (match === '{{' || match === '}}') return match.charAt(0)
      if (field === undefined) throw new ValueTypeError(`Cannot format: single '${match}' in the format`)
      return this.#field(field)
    })
  }

  #field(field: string): string {
    const [, name = '', conversion, spec = ''] = /^([^!:]*)(?:!([rsa]))?(?::(.*))?$/s.exec(field) ?? []
    const value = this.#value(name)
    const converted = conversion === undefined ? value : conversion === 's' ? textOf(value) : reprOf(value)
    return formatSpec(converted, spec.includes('{') ? this.format(spec) : spec)
  }

  #value(name: string): Value {
    const [, base = '', path = ''] = /^([^.[]*)(.*)$/s.exec(name) ?? []
    let value = this.#base(base)
    for (const [, attribute, item = ''] of path.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) value = this.#step(value, attribute ?? item)
    return value
  }

  #base(base: string): Value {
    const isIndex = base === '' || /^\d+$/.test(base)
    const value = isIndex ? this.#args[base === '' ? this.#index++ : Number(base)] : this.#named.get(base)
    if (value === undefined) throw new ValueTypeError(`Cannot format: there is no value for '{${base}}'`)
    return value
  }

  #step(value: Value, key: string): Value {
    const items = Array.isArray(value) ? value : value instanceof Tuple ? value.items : undefined
    const item = value instanceof Map ? dictGet(value, value.has(key) ? key : Number(key)) : items?.[Number(key)]
    if (item === undefined) throw new ValueTypeError(`Cannot format: '${typeName(value)}' has no item '${key}'`)
    return item
  }
}

const SPEC = /^(?:(.)?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su

interface Spec {
  readonly fill: string
  readonly align: '<' | '>' | '=' | '^' | undefined
  readonly sign: string
  readonly alternate: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | undefined
  readonly type: string
}

function formatSpec(value: Value, text: string): string {
  if (text === '') return textOf(value)
  const match = SPEC.exec(text)
  if (match === null) throw new ValueTypeError(`Cannot format: '${text}' is no format`)
  return formatValue(value, specOf(match))
}

function specOf([, fill, align, sign, alternate, zero, width, grouping, precision, type]: readonly (string | undefined)[]): Spec {
  return {
    ...(zero === undefined ? { fill: fill ?? ' ', align: alignOf(align) } : { fill: fill ?? '0', align: alignOf(align ?? '=') }),
    sign: sign ?? '-',
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  }
}

function alignOf(align: string | undefined): Spec['align'] {
  return align === '<' || align === '>' || align === '=' || align === '^' ? align : undefined
}

function formatValue(value: Value, spec: Spec): string {
  const number = typeof value === 'boolean' && spec.type === '' ? undefined : numberOf(value)
  if (number === undefined) return formatText(value, spec)
  const body = numberText(value, number, spec)
  const sign = body.startsWith('-') ? '' : spec.sign === '-' ? '' : spec.sign
  return pad(sign + body, { width: spec.width, align: spec.align ?? '>', fill: spec.fill })
}

function formatText(value: Value, { type, precision, width, align, fill }: Spec): string {
  if (type !== '' && type !== 's') throw new ValueTypeError(`Cannot format a value of type '${typeName(value)}' with '${type}'`)
  const text = [...textOf(value)].slice(0, precision ?? Infinity).join('')
  return pad(text, { width, align: align ?? '<', fill })
}

function numberText(value: Value, number: number | bigint, spec: Spec): string {
  const { type, precision } = spec
  if (type === '%') return grouped(`${formatFloat(Number(number) * 100, { type: 'f', precision: precision ?? 6, alternate: false })}%`, spec)
  if (type !== '' && 'eEfFgG'.includes(type)) return grouped(formatFloat(Number(number), { type, precision: precision ?? 6, alternate: spec.alternate }), spec)
  if (value instanceof Float) return grouped(plainFloat(value, spec), spec)
  return grouped(integerText(BigInt(number), spec), spec)
}

function plainFloat(value: Float, { type, precision }: Spec): string {
  if (type !== '' && type !== 'n') throw new ValueTypeError(`Cannot format a value of type 'float' with '${type}'`)
  if (precision === undefined) return textOf(value)
  const text = formatFloat(value.value, { type: 'g', precision, alternate: false })
  return /[.en]/.test(text) ? text : `${text}.0`
}

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16, d: 10, n: 10, '': 10 }

function integerText(number: bigint, { type, alternate }: Spec): string {
  if (type === 'c') return String.fromCodePoint(Number(number))
  const radix = Object.hasOwn(RADIX, type) ? RADIX[type] : undefined
  if (radix === undefined) throw new ValueTypeError(`Cannot format a value of type 'int' with '${type}'`)
  const digits = (number < 0n ? -number : number).toString(radix)
  const prefix = alternate && radix !== 10 ? `0${type}` : ''
  return `${number < 0n ? '-' : ''}${prefix}${type === 'X' ? digits.toUpperCase() : digits}`
}

function grouped(text: string, { grouping, type }: Spec): string {
  if (grouping === '') return text
  const size = 'boxX'.includes(type) && type !== '' ? 4 : 3
  return text.replace(/^(-?(?:0[bxo])?)([\da-f]+)/i, (_match, sign: string, digits: string) =>
    sign + digits.replace(new RegExp(`\\B(?=(?:[\\da-f]{${size}})+$)`, 'gi'), grouping))
}
