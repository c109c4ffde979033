import { numberOf, valuesEqual } from './equal.ts'
import { requireKnown } from './require-known.ts'
import { TemplateObject } from './template-object.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { ValueTypeError } from './use-error.ts'
import type { Value } from './value.ts'

/** Python's ordering as a sort function; values of different kinds cannot be ordered. */
export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)]
  if (leftNumber !== undefined && rightNumber !== undefined) return compareNumbers(leftNumber, rightNumber)
  const [leftItems, rightItems] = [itemsOf(left), itemsOf(right)]
  const sameKind = Array.isArray(left) === Array.isArray(right)
  if (leftItems && rightItems && sameKind) return compareItems(leftItems, rightItems)
  requireKnown(left)
  requireKnown(right)
  const [leftOrder, rightOrder] = [orderOf(left), orderOf(right)]
  if (leftOrder !== undefined && rightOrder !== undefined) return leftOrder - rightOrder
  throw new ValueTypeError(`Cannot order values of type '${typeName(left)}' and '${typeName(right)}'`)
}

/** By code point, as Python does; UTF-16 order differs above the basic plane. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)]
    if (a !== b) return codePointRank(a) - codePointRank(b)
  }
  return left.length - right.length
}

/** Surrogates sort after everything else in the basic plane. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1
  if (left > right) return 1
  return left <= right ? 0 : NaN
}

function orderOf(value: Value): number | undefined {
  return value instanceof TemplateObject ? value.order : undefined
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  return value instanceof Tuple ? value.items : undefined
}

function compareItems(left: readonly Value[], right: readonly Value[]): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const [a, b] = [left[index] ?? null, right[index] ?? null]
    if (!valuesEqual(a, b)) return compareValues(a, b)
  }
  return left.length - right.length
}
