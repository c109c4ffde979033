import { valuesEqual } from '../../value/equal.ts'
import { isTrue } from '../../value/truth.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { bind, numberArgument, required } from '../arguments.ts'
import { itemsOf } from '../iterate.ts'
import { compareValues } from '../../value/order.ts'
import type { Method } from './method.ts'

/** Python's `list` methods. Those that change the list change it in place and give None. */
export const LIST_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['append', (list, args) => change(list, (items) => items.push(required(args[0], 'object')))],
  ['extend', (list, args) => change(list, (items) => items.push(...itemsOf(required(args[0], 'iterable'))))],
  ['insert', (list, args) => change(list, (items) => items.splice(numberArgument(args[0], 0), 0, required(args[1], 'object')))],
  ['remove', (list, args) => change(list, (items) => items.splice(positionOf(items, args), 1))],
  ['clear', (list) => change(list, (items) => items.splice(0))],
  ['reverse', (list) => change(list, (items) => items.reverse())],
  ['sort', (list, args, named) => change(list, (items) => sortInPlace(items, bind(['reverse'], args, named).reverse))],
  ['pop', (list, args) => pop(list, numberArgument(args[0], -1))],
  ['index', (list, args) => positionOf(itemsOf(list), args)],
  ['count', (list, args) => countOf(itemsOf(list), args)],
  ['copy', (list) => [...itemsOf(list)]],
])

export const TUPLE_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['index', (tuple, args) => positionOf(itemsOf(tuple), args)],
  ['count', (tuple, args) => countOf(itemsOf(tuple), args)],
])

function change(list: Value, apply: (items: Value[]) => unknown): null {
  if (Array.isArray(list)) apply(list)
  return null
}

function pop(list: Value, index: number): Value {
  const items = Array.isArray(list) ? list : []
  const [item] = items.splice(index < 0 ? index + items.length : index, 1)
  if (item === undefined) throw new ValueTypeError(items.length === 0 ? 'Cannot pop from an empty list' : 'Cannot pop: the index is out of range')
  return item
}

function positionOf(items: readonly Value[], args: readonly Value[]): number {
  const wanted = required(args[0], 'value')
  const index = items.findIndex((item) => valuesEqual(item, wanted))
  if (index < 0) throw new ValueTypeError('Cannot find the value in the list')
  return index
}

function countOf(items: readonly Value[], args: readonly Value[]): number {
  const wanted = required(args[0], 'value')
  return items.filter((item) => valuesEqual(item, wanted)).length
}

function sortInPlace(items: Value[], reverse: Value | undefined): void {
  const backwards = reverse !== undefined && isTrue(reverse)
  items.sort((left, right) => backwards ? compareValues(right, left) : compareValues(left, right))
}
