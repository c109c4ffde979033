import { numberOf } from '../../value/equal.ts'
import { Float } from '../../value/float.ts'
import { reprOf, textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, numberArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { integer, negate } from '../runtime/arithmetic.ts'
import { roundHalfEven } from '../runtime/format-number.ts'
import type { Filter } from '../types.ts'

/** Filters of numbers. */
export const NUMBER_FILTERS: readonly (readonly [string, Filter])[] = [
  ['int', toInteger],
  ['float', toFloat],
  ['abs', ([value = null]) => absolute(value)],
  ['round', round],
  ['pow', (args, named) => power(bind(['x', 'y'], args, named))],
  ['root', (args, named) => root(bind(['x', 'base'], args, named))],
  ['log', (args, named) => logarithm(bind(['x', 'base'], args, named))],
]

/** Text that is no number is the default, not an error. */
function toInteger(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'default', 'base'], args, named)
  const value = required(bound.value, 'value')
  const fallback = bound.default === undefined ? 0 : bound.default
  if (typeof value === 'string') return parseInteger(value, numberArgument(bound.base, 10)) ?? truncated(Number(decimal(value))) ?? fallback
  if (value instanceof Float) return truncated(value.value) ?? fallback
  const number = numberOf(value)
  return number ?? fallback
}

const PREFIXES: Readonly<Record<number, RegExp>> = { 2: /^0[bB]/, 8: /^0[oO]/, 16: /^0[xX]/ }

function parseInteger(text: string, base: number): Value | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(\w+)$/.exec(text.trim()) ?? []
  const radix = base === 0 ? radixOf(digits) : base
  const plain = digits.replace(PREFIXES[radix] ?? /^$/, '').replaceAll('_', '').toLowerCase()
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix)
  if (plain === '' || [...plain].some((digit) => !alphabet.includes(digit))) return undefined
  const value = [...plain].reduce((sum, digit) => sum * BigInt(radix) + BigInt(alphabet.indexOf(digit)), 0n)
  return integer(sign === '-' ? -value : value)
}

function radixOf(digits: string): number {
  return Number(Object.entries(PREFIXES).find(([, prefix]) => prefix.test(digits))?.[0] ?? 10)
}

/** What Python's float() reads of a text, for `Number`. */
function decimal(text: string): string {
  const plain = text.trim().replace(/(?<=\d)_(?=\d)/g, '')
  if (/^[+-]?(?:inf|infinity)$/i.test(plain)) return plain.startsWith('-') ? '-Infinity' : 'Infinity'
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain) ? plain : 'NaN'
}

function truncated(number: number): Value | undefined {
  return Number.isFinite(number) ? integer(BigInt(Math.trunc(number))) : undefined
}

function toFloat(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'default'], args, named)
  const value = required(bound.value, 'value')
  const isNan = typeof value === 'string' && /^[+-]?nan$/i.test(value.trim())
  const number = typeof value === 'string' ? Number(decimal(value)) : Number(numberOf(value) ?? NaN)
  if (value instanceof Float || isNan || !Number.isNaN(number)) return new Float(number)
  return bound.default === undefined ? new Float(0) : bound.default
}

function absolute(value: Value): Value {
  if (value instanceof Float) return new Float(Math.abs(value.value))
  const number = numberOf(value)
  if (number === undefined) throw new EvaluationError('filter-argument', `Cannot take the absolute value of '${textOf(value)}'`)
  return number < 0 ? negate(number) : number
}

/** The result is a float, whatever the precision. */
function round(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'precision', 'method'], args, named)
  const [precision, method] = [numberArgument(bound.precision, 0), textArgument(bound.method, 'common')]
  const number = numberOf(required(bound.value, 'value'))
  if (number === undefined) throw new EvaluationError('filter-argument', `Cannot round '${textOf(bound.value ?? null)}': it is no number`, "Put '| float' before '| round'")
  if (method === 'common') return roundCommon(bound.value ?? 0, Number(number), precision)
  if (method !== 'ceil' && method !== 'floor') throw new EvaluationError('filter-argument', `Cannot round by '${method}': common, ceil or floor was expected`)
  const scale = 10 ** precision
  return new Float((method === 'ceil' ? Math.ceil(Number(number) * scale) : Math.floor(Number(number) * scale)) / scale)
}

function roundCommon(value: Value, number: number, precision: number): Value {
  const rounded = roundHalfEven(number, precision)
  return value instanceof Float ? new Float(rounded) : rounded
}

function power({ x, y }: { readonly x: Value | undefined, readonly y: Value | undefined }): Value {
  return new Float(numeric('pow', x) ** numeric('pow', y))
}

function numeric(filter: string, value: Value | undefined): number {
  const number = numberOf(required(value, 'x'))
  if (number === undefined) throw new EvaluationError('filter-argument', `${filter}() can only be used on numbers: ${reprOf(value ?? null)} is none`)
  return Number(number)
}

function root({ x, base }: { readonly x: Value | undefined, readonly base: Value | undefined }): Value {
  const [number, degree] = [numeric('root', x), numberArgument(base, 2)]
  if (degree === 0 || number < 0) throw new EvaluationError('filter-argument', `root() cannot take root ${degree} of ${number}`)
  return new Float(degree === 2 ? Math.sqrt(number) : number ** (1 / degree))
}

function logarithm({ x, base }: { readonly x: Value | undefined, readonly base: Value | undefined }): Value {
  const number = numeric('log', x)
  const radix = numberArgument(base, Math.E)
  if (number <= 0 || radix <= 0 || radix === 1) throw new EvaluationError('filter-argument', 'log() can only be used on numbers above zero, and to a base that is not 1')
  if (radix === Math.E) return new Float(Math.log(number))
  return new Float(radix === 10 ? Math.log10(number) : Math.log(number) / Math.log(radix))
}
