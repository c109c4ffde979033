import { numberOf } from '../../value/equal.ts'
import { Float } from '../../value/float.ts'
import { requireKnown } from '../../value/require-known.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import type { BinaryOperator } from '../syntax/ast.ts'
import { formatPercent } from './format-percent.ts'

type Numeric = number | bigint

/** Applies an operator as Python would. */
export function applyOperator(operator: BinaryOperator, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return INTEGER[operator](left, right)
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)]
  if (leftNumber !== undefined && rightNumber !== undefined) return applyToNumbers(operator, left, right)
  requireKnown(left)
  requireKnown(right)
  const result = left instanceof TemplateObject ? left.operate(operator, right) : CONTAINER[operator]?.(left, right)
  if (result === undefined) throw new ValueTypeError(`Cannot apply '${operator}' to '${typeName(left)}' and '${typeName(right)}'`)
  return result
}

/** `-x` */
export function negate(value: Value): Value {
  if (value instanceof Float) return new Float(-value.value)
  const number = numberOf(requireKnown(value))
  if (number === undefined) throw new ValueTypeError(`Cannot negate a value of type '${typeName(value)}'`)
  return typeof number === 'bigint' ? integer(-number) : 0 - number
}

/** A big integer as a value: a number when it is safe as one. */
export function integer(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}

const INTEGER: Readonly<Record<BinaryOperator, (left: number, right: number) => Value>> = {
  '+': (left, right) => safe(left + right, () => BigInt(left) + BigInt(right)),
  '-': (left, right) => safe(left - right, () => BigInt(left) - BigInt(right)),
  '*': (left, right) => safe(left * right, () => BigInt(left) * BigInt(right)),
  '/': (left, right) => new Float(left / nonZero(right)),
  '//': (left, right) => Math.floor(left / nonZero(right)) + 0,
  '%': (left, right) => floorModulo(left, nonZero(right)),
  '**': (left, right) => right < 0 ? new Float(powerOf(left, right)) : safe(left ** right, () => BigInt(left) ** BigInt(right)),
}

const FLOAT: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / nonZero(right),
  '//': (left, right) => Math.floor(left / nonZero(right)),
  '%': (left, right) => floorModulo(left, nonZero(right)),
  '**': powerOf,
}

const BIG: Readonly<Record<BinaryOperator, (left: bigint, right: bigint) => Value>> = {
  '+': (left, right) => integer(left + right),
  '-': (left, right) => integer(left - right),
  '*': (left, right) => integer(left * right),
  '/': (left, right) => new Float(Number(left) / nonZero(Number(right))),
  '//': (left, right) => integer(floorDivide(left, right)),
  '%': (left, right) => integer(left - floorDivide(left, right) * right),
  '**': (left, right) => right < 0n ? new Float(Number(left) ** Number(right)) : integer(left ** right),
}

const CONTAINER: Readonly<Partial<Record<BinaryOperator, (left: Value, right: Value) => Value | undefined>>> = {
  '+': concatenate,
  '*': (left, right) => repeat(left, right) ?? repeat(right, left),
  '%': (left, right) => typeof left === 'string' ? formatPercent(left, right) : undefined,
}

function applyToNumbers(operator: BinaryOperator, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left) ?? 0, numberOf(right) ?? 0]
  if (left instanceof Float || right instanceof Float) return new Float(FLOAT[operator](Number(a), Number(b)))
  if (typeof a === 'number' && typeof b === 'number') return INTEGER[operator](a, b)
  return BIG[operator](BigInt(a), BigInt(b))
}

function safe(result: number, exact: () => bigint): Numeric {
  return Number.isSafeInteger(result) ? result : integer(exact())
}

/** Neither infinite nor complex numbers come of a power. */
function powerOf(left: number, right: number): number {
  const result = left ** right
  if (left === 0 && right < 0 || Number.isNaN(result) && !Number.isNaN(left) && !Number.isNaN(right)) throw new ValueTypeError(`Cannot raise ${left} to the power ${right}`)
  return result
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ValueTypeError('Cannot divide by zero')
  return divisor
}

/** The remainder has the divisor's sign. */
function floorModulo(left: number, right: number): number {
  const remainder = left % right
  return remainder !== 0 && remainder < 0 !== right < 0 ? remainder + right : remainder + 0
}

function floorDivide(left: bigint, right: bigint): bigint {
  nonZero(Number(right))
  const quotient = left / right
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient
}

function concatenate(left: Value, right: Value): Value | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left + right
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right]
  if (left instanceof Tuple && right instanceof Tuple) return new Tuple([...left.items, ...right.items])
  return undefined
}

function repeat(value: Value, times: Value): Value | undefined {
  const count = numberOf(times)
  if (typeof count !== 'number' || times instanceof Float) return undefined
  const size = Math.max(0, count)
  if (typeof value === 'string') return value.repeat(size)
  if (Array.isArray(value)) return repeatItems(value, size)
  return value instanceof Tuple ? new Tuple(repeatItems(value.items, size)) : undefined
}

function repeatItems(items: readonly Value[], size: number): Value[] {
  return Array.from({ length: size }, () => items).flat()
}
