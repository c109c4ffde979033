import { isTrue } from '../../value/truth.ts'
import { textOf } from '../../value/text.ts'
import { NamedTuple } from '../../value/tuple.ts'
import { valuesEqual } from '../../value/equal.ts'
import { compareValues } from '../../value/order.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import type { CallContext, Filter } from '../types.ts'
import { attributePath } from './attribute-path.ts'
import { sortKey } from './lists.ts'

/** Filters that apply others to each item. */
export const SELECTION_FILTERS: readonly (readonly [string, Filter])[] = [
  ['map', map],
  ['select', (args, named, context) => select(args, { named, context, wanted: true })],
  ['reject', (args, named, context) => select(args, { named, context, wanted: false })],
  ['selectattr', (args, named, context) => selectByAttribute(args, { named, context, wanted: true })],
  ['rejectattr', (args, named, context) => selectByAttribute(args, { named, context, wanted: false })],
  ['groupby', groupBy],
]

function map([value = null, name, ...rest]: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const items = itemsIfAny(value)
  if (items.length === 0) return []
  const attribute = named.get('attribute')
  if (name === undefined && attribute !== undefined) return items.map(attributePath(attribute, named.get('default')))
  if (name === undefined) throw new EvaluationError('filter-argument', 'Cannot map: name a filter, or give attribute=')
  return items.map((item) => context.filter(textOf(name), [item, ...rest], named))
}

interface Selection {
  readonly named: ReadonlyMap<string, Value>
  readonly context: CallContext
  readonly wanted: boolean
}

function select([value = null, name, ...rest]: readonly Value[], { named, context, wanted }: Selection): Value {
  const passes = name === undefined ? isTrue : (item: Value) => context.test(textOf(name), [item, ...rest], named)
  return itemsIfAny(value).filter((item) => passes(item) === wanted)
}

function selectByAttribute([value = null, attribute, name, ...rest]: readonly Value[], { named, context, wanted }: Selection): Value {
  const items = itemsIfAny(value)
  if (items.length === 0) return []
  if (attribute === undefined) throw new EvaluationError('filter-argument', 'Cannot select by attribute: name the attribute')
  const read = attributePath(attribute)
  const passes = name === undefined ? isTrue : (item: Value) => context.test(textOf(name), [item, ...rest], named)
  return items.filter((item) => passes(read(item)) === wanted)
}

/** What counts as false has no items, even where it is no list. */
function itemsIfAny(value: Value): readonly Value[] {
  return isTrue(value) ? itemsOf(value) : []
}

function groupBy(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'attribute', 'default', 'case_sensitive'], args, named)
  const key = attributePath(bound.attribute ?? '', bound.default)
  const fold = sortKey(undefined, flagArgument(bound.case_sensitive, false))
  const groups: { readonly key: Value, readonly shown: Value, readonly items: Value[] }[] = []
  for (const item of itemsOf(bound.value ?? null)) {
    const folded = fold(key(item))
    const group = groups.find((each) => valuesEqual(each.key, folded))
    if (group === undefined) groups.push({ key: folded, shown: key(item), items: [item] })
    else group.items.push(item)
  }
  groups.sort((left, right) => compareValues(left.key, right.key))
  return groups.map((group) => new NamedTuple(['grouper', 'list'], [group.shown, group.items]))
}

