import { compareValues } from '../../value/order.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { requireKnown } from '../../value/require-known.ts'
import { bind, flagArgument, numberArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import { applyOperator } from '../runtime/arithmetic.ts'
import { Missing, orElse } from '../runtime/missing.ts'
import { LoopState } from '../runtime/loop.ts'
import type { Filter } from '../types.ts'
import { attributePath } from './attribute-path.ts'
import { ValueSet } from './value-set.ts'

/** Filters of lists. */
export const LIST_FILTERS: readonly (readonly [string, Filter])[] = [
  ['length', ([value = null]) => lengthOf(value)],
  ['count', ([value = null]) => lengthOf(value)],
  ['first', ([value = null]) => orElse(itemsOf(value)[0], () => new Missing('first', 'the sequence is empty, so there is no first item'))],
  ['last', ([value = null]) => orElse(itemsOf(value).at(-1), () => new Missing('last', 'the sequence is empty, so there is no last item'))],
  ['list', ([value = null]) => [...itemsOf(value)]],
  ['join', join],
  ['sort', sort],
  ['reverse', ([value = null]) => typeof value === 'string' ? [...value].reverse().join('') : [...itemsOf(value)].reverse()],
  ['unique', unique],
  ['union', ([left = null, right = null]) => ValueSet.of([...itemsOf(left), ...itemsOf(right)]).items],
  ['intersect', ([left = null, right = null]) => within(left, right, true)],
  ['difference', ([left = null, right = null]) => within(left, right, false)],
  ['symmetric_difference', ([left = null, right = null]) => [...within(left, right, false), ...within(right, left, false)]],
  ['flatten', flatten],
  ['min', (args, named) => extreme(args, named, -1)],
  ['max', (args, named) => extreme(args, named, 1)],
  ['sum', sum],
  ['batch', batch],
  ['slice', slice],
  ['zip', (args, named) => zip(args.map(itemsOf), Math.min(...args.map((list) => itemsOf(list).length)), only([], named, null))],
  ['zip_longest', (args, named) => zip(args.map(itemsOf), Math.max(...args.map((list) => itemsOf(list).length)), only(['fillvalue'], named, null))],
  ['product', (args, named) => product(args.map(itemsOf), numberArgument(only(['repeat'], named, 1), 1))],
  ['combinations', ([value = null, size = null]) => combinations(itemsOf(value), countArgument(size, 'r')).map((items) => new Tuple(items))],
  ['permutations', ([value = null, size = null]) => permutations(itemsOf(value), size === null ? itemsOf(value).length : numberArgument(size, 0)).map((items) => new Tuple(items))],
]

function lengthOf(value: Value): number {
  if (Array.isArray(value)) return value.length
  if (value instanceof Map) return value.size
  if (value instanceof LoopState) return value.items.length
  requireKnown(value)
  return itemsOf(value).length
}

function join(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'd', 'attribute'], args, named)
  const items = itemsOf(bound.value ?? null)
  const read = bound.attribute === undefined || bound.attribute === null ? (item: Value) => item : attributePath(bound.attribute)
  return items.map((item) => textOf(read(item))).join(textArgument(bound.d, ''))
}

/** Text is compared without its case unless told otherwise; several attributes may be given with commas. */
export function sortKey(attribute: Value | undefined, caseSensitive: boolean): (item: Value) => Value {
  const fold = (value: Value) => typeof value === 'string' && !caseSensitive ? value.toLowerCase() : value
  if (attribute === undefined || attribute === null) return fold
  const paths = (typeof attribute === 'number' ? [attribute] : textOf(attribute).split(',')).map((path) => attributePath(path))
  return (item) => paths.map((read) => fold(read(item)))
}

function sort(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'reverse', 'case_sensitive', 'attribute'], args, named)
  const key = sortKey(bound.attribute, flagArgument(bound.case_sensitive, false))
  const direction = countArgument(bound.reverse ?? false, 'reverse') === 0 ? 1 : -1
  const keyed = itemsOf(bound.value ?? null).map((item): [Value, Value] => [key(item), item])
  return keyed.sort(([left], [right]) => direction * compareValues(left, right)).map(([, item]) => item)
}

/** Case counts unless told otherwise: Ansible's own filter, not Jinja's. */
function unique(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'case_sensitive', 'attribute'], args, named)
  const path = bound.attribute === undefined || bound.attribute === null ? undefined : attributePath(bound.attribute)
  const keys = itemsOf(bound.value ?? null).map((item) => ({ item, key: path === undefined ? item : path(item) }))
  const isPlain = keys.every(({ key }) => !(key instanceof Map) && !Array.isArray(key))
  if (!isPlain && (path !== undefined || bound.case_sensitive === false)) throw new EvaluationError('filter-argument', "unique: dicts and lists are not hashable, and with case_sensitive or attribute Ansible cannot fall back to comparing them")
  const caseSensitive = !isPlain || flagArgument(bound.case_sensitive, false)
  const seen = new ValueSet()
  return keys.filter(({ key }) => seen.add(typeof key === 'string' && !caseSensitive ? key.toLowerCase() : key)).map(({ item }) => item)
}

function within(left: Value, right: Value, wanted: boolean): Value[] {
  const others = ValueSet.of(itemsOf(right))
  return ValueSet.of(itemsOf(left)).items.filter((item) => others.has(item) === wanted)
}

function flatten(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['list', 'levels', 'skip_nulls'], args, named)
  const levels = bound.levels === undefined || bound.levels === null ? Infinity : numberArgument(bound.levels, Infinity)
  return flattened(itemsOf(bound.list ?? null), levels, flagArgument(bound.skip_nulls, true))
}

function flattened(items: readonly Value[], levels: number, skipNulls: boolean): Value[] {
  return items.flatMap((item) => {
    if (skipNulls && (item === null || item === 'None' || item === 'null')) return []
    const inner = Array.isArray(item) ? item : item instanceof Tuple ? item.items : undefined
    if (inner === undefined) return [item]
    return levels >= 1 ? flattened(inner, levels - 1, skipNulls) : [item]
  })
}

function extreme(args: readonly Value[], named: ReadonlyMap<string, Value>, sign: 1 | -1): Value {
  const bound = bind(['value', 'case_sensitive', 'attribute'], args, named)
  const key = sortKey(bound.attribute, flagArgument(bound.case_sensitive, false))
  const items = itemsOf(bound.value ?? null)
  const [first] = items
  if (first === undefined) return new Missing(sign > 0 ? 'max' : 'min', 'the sequence is empty')
  return items.slice(1).reduce((best, item) => sign * compareValues(key(item), key(best)) > 0 ? item : best, first)
}

function sum(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['iterable', 'attribute', 'start'], args, named)
  const read = bound.attribute === undefined || bound.attribute === null ? (item: Value) => item : attributePath(bound.attribute)
  return itemsOf(bound.iterable ?? null).reduce((total, item) => applyOperator('+', total, read(item)), orElse(bound.start, () => 0))
}

function batch(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'linecount', 'fill_with'], args, named)
  const size = countArgument(bound.linecount, 'linecount')
  const items = itemsOf(bound.value ?? null)
  const rows: Value[][] = []
  // With a size of none, one row holds all.
  const step = size > 0 ? size : Math.max(items.length, 1)
  for (let start = 0; start < items.length; start += step) rows.push(items.slice(start, start + step))
  const last = rows.at(-1)
  while (last !== undefined && last.length < size && bound.fill_with !== undefined && bound.fill_with !== null) last.push(bound.fill_with)
  return rows
}

function slice(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'slices', 'fill_with'], args, named)
  const items = itemsOf(bound.value ?? null)
  const count = countArgument(bound.slices, 'slices')
  if (count === 0) throw new EvaluationError('filter-argument', 'Cannot make slices: their number is zero')
  const [size, longer] = [Math.floor(items.length / count), items.length % count]
  return Array.from({ length: Math.max(count, 0) }, (_, index): Value[] => {
    const start = index * size + Math.min(index, longer)
    const part = items.slice(start, start + size + (index < longer ? 1 : 0))
    const fill = bound.fill_with !== undefined && bound.fill_with !== null && index >= longer && longer > 0
    return fill ? [...part, bound.fill_with ?? null] : part
  })
}

/** The one argument that has a name. */
function only(names: readonly string[], named: ReadonlyMap<string, Value>, fallback: Value): Value {
  const bound = bind(names, [], named)
  return names.map((name) => bound[name]).find((value) => value !== undefined) ?? fallback
}

/** A whole number that must be given. */
function countArgument(value: Value | undefined, name: string): number {
  const given = required(value, name)
  if (typeof given === 'number' || typeof given === 'boolean') return Number(given)
  throw new EvaluationError('filter-argument', `Cannot use a value of type '${typeName(given)}' as '${name}': a whole number is needed`)
}

function zip(lists: readonly (readonly Value[])[], length: number, fill: Value): Value[] {
  return Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, index) => new Tuple(lists.map((list) => index < list.length ? list[index] ?? null : fill)))
}

function product(lists: readonly (readonly Value[])[], repeat: number): Value[] {
  const all = Array.from({ length: repeat }, () => lists).flat()
  const rows = all.reduce<Value[][]>((done, list) => done.flatMap((row) => list.map((item) => [...row, item])), [[]])
  return rows.map((row) => new Tuple(row))
}

function combinations(items: readonly Value[], size: number): Value[][] {
  if (size < 0) throw new EvaluationError('filter-argument', 'Cannot combine a negative number of items')
  if (size === 0) return [[]]
  return items.flatMap((item, index) => combinations(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]))
}

function permutations(items: readonly Value[], size: number): Value[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index), size - 1).map((rest) => [item, ...rest]))
}

