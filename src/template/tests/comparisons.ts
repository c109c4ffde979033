import { dictHas, numberOf, valuesEqual } from '../../value/equal.ts'
import { compareValues } from '../../value/order.ts'
import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import { required, strictText } from '../arguments.ts'
import { itemsOf } from '../iterate.ts'
import { applyOperator } from '../runtime/arithmetic.ts'
import type { Test } from '../types.ts'
import { ValueSet } from '../filters/value-set.ts'
import { Float } from '../../value/float.ts'

const equal: Test = ([left = null, right]) => valuesEqual(left, required(right, 'other'))
const unequal: Test = ([left = null, right]) => !valuesEqual(left, required(right, 'other'))
const less: Test = ([left = null, right]) => compareValues(left, required(right, 'other')) < 0
const lessOrEqual: Test = ([left = null, right]) => compareValues(left, required(right, 'other')) <= 0
const greater: Test = ([left = null, right]) => compareValues(left, required(right, 'other')) > 0
const greaterOrEqual: Test = ([left = null, right]) => compareValues(left, required(right, 'other')) >= 0
const subset: Test = ([left = null, right]) => isSubset(left, required(right, 'other'))
const superset: Test = ([left = null, right]) => isSubset(required(right, 'other'), left)
const notNumber: Test = ([value]) => value instanceof Float && Number.isNaN(value.value)

/** Tests that compare a value with another one. */
export const COMPARISON_TESTS: readonly (readonly [string, Test])[] = [
  ['eq', equal], ['equalto', equal], ['==', equal],
  ['ne', unequal], ['!=', unequal],
  ['lt', less], ['lessthan', less], ['<', less],
  ['le', lessOrEqual], ['<=', lessOrEqual],
  ['gt', greater], ['greaterthan', greater], ['>', greater],
  ['ge', greaterOrEqual], ['>=', greaterOrEqual],
  ['sameas', ([left = null, right]) => isSame(left, required(right, 'other'))],
  ['in', ([item = null, container]) => contains(required(container, 'seq'), item)],
  ['contains', ([container = null, item]) => contains(container, required(item, 'item'))],
  ['subset', subset], ['issubset', subset],
  ['superset', superset], ['issuperset', superset],
  ['any', ([value = null]) => itemsOf(value).some(isTrue)],
  ['all', ([value = null]) => itemsOf(value).every(isTrue)],
  ['odd', ([value = null]) => numberOf(applyOperator('%', value, 2)) === 1],
  ['even', ([value = null]) => numberOf(applyOperator('%', value, 2)) === 0],
  ['divisibleby', ([value = null, divisor]) => Number(numberOf(applyOperator('%', value, required(divisor, 'num')))) === 0],
  ['nan', notNumber], ['isnan', notNumber],
]

function isSame(left: Value, right: Value): boolean {
  if (typeof left === 'object' && left !== null && !(left instanceof Float)) return left === right
  return typeof left === typeof right && valuesEqual(left, right)
}

function contains(container: Value, item: Value): boolean {
  if (container instanceof Map) return dictHas(container, item)
  if (typeof container === 'string') return container.includes(strictText(item, 'value'))
  return itemsOf(container).some((other) => valuesEqual(other, item))
}

function isSubset(left: Value, right: Value): boolean {
  const set = ValueSet.of(itemsOf(right))
  return itemsOf(left).every((item) => set.has(item))
}
