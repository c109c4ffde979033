import { dictGet, dictHas, dictSet } from '../../value/equal.ts'
import { compareValues } from '../../value/order.ts'
import { reprOf, textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Dict, Value } from '../../value/value.ts'
import { Undefined } from '../../value/undefined.ts'
import { bind, flagArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { listOf } from '../iterate.ts'
import { lackOf, listItem } from '../runtime/access.ts'
import { Missing, orElse } from '../runtime/missing.ts'
import type { Filter } from '../types.ts'
import { combine } from './combine.ts'

/** Filters of dicts. */
export const DICT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['combine', combine],
  ['dict2items', dictToItems],
  ['items2dict', itemsToDict],
  ['dictsort', dictSort],
  ['items', ([value = null]) => value instanceof Undefined ? [] : [...requireDict(value, 'items')].map((entry) => new Tuple(entry))],
  ['extract', extract],
  ['subelements', subelements],
  ['rekey_on_member', rekey],
]

function requireDict(value: Value, filter: string): Dict {
  if (value instanceof Map) return value
  throw new EvaluationError('filter-argument', `Cannot use '${filter}' on a value of type '${typeName(value)}': it needs a dict`)
}

function dictToItems(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['dict', 'key_name', 'value_name'], args, named)
  const [keyName, valueName] = [orElse(bound.key_name, () => 'key'), orElse(bound.value_name, () => 'value')]
  return [...dictOf(bound.dict ?? null)].map(([key, value]) => new Map<Value, Value>([[keyName, key], [valueName, value]]))
}

function dictOf(value: Value): Dict {
  if (value instanceof Map) return value
  throw new EvaluationError('filter-argument', `dict2items requires a dictionary, got ${typeName(value)} instead.`)
}

function itemsToDict(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['items', 'key_name', 'value_name'], args, named)
  const [keyName, valueName] = [textArgument(bound.key_name, 'key'), textArgument(bound.value_name, 'value')]
  const result: Dict = new Map()
  const items = listOf(bound.items)
  if (items === undefined) throw new EvaluationError('filter-argument', `items2dict requires a list, got ${typeName(bound.items ?? null)} instead.`)
  for (const item of items) {
    if (!(item instanceof Map)) throw new EvaluationError('filter-argument', `items2dict requires a list of dictionaries, got ${reprOf([...items])} instead.`)
    const [key, value] = [item.get(keyName), item.get(valueName)]
    if (key === undefined || value === undefined) throw new EvaluationError('filter-argument', `items2dict requires each dictionary in the list to contain the keys '${keyName}' and '${valueName}', got ${reprOf([...items])} instead.`)
    dictSet(result, key, value)
  }
  return result
}

function dictSort(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'case_sensitive', 'by', 'reverse'], args, named)
  const by = textArgument(bound.by, 'key')
  if (by !== 'key' && by !== 'value') throw new EvaluationError('filter-argument', `Cannot sort by '${by}': key or value was expected`)
  const index = by === 'value' ? 1 : 0
  const caseSensitive = flagArgument(bound.case_sensitive, false)
  const fold = (value: Value) => typeof value === 'string' && !caseSensitive ? value.toLowerCase() : value
  const direction = flagArgument(bound.reverse, false) ? -1 : 1
  const entries = [...requireDict(bound.value ?? null, 'dictsort')]
  return entries.sort((left, right) => direction * compareValues(fold(left[index]), fold(right[index]))).map((entry) => new Tuple(entry))
}

/** `key | extract(container, morekeys)` */
function extract(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['item', 'container', 'morekeys'], args, named)
  const more = bound.morekeys === undefined || bound.morekeys === null ? [] : bound.morekeys
  let value = required(bound.container, 'container')
  for (const key of [required(bound.item, 'item'), ...Array.isArray(more) ? more : [more]]) value = itemOrMissing(value, key)
  return value
}

function itemOrMissing(value: Value, key: Value): Value {
  if (value instanceof Undefined) return value
  const item = value instanceof Map ? dictGet(value, key) : listItem(Array.isArray(value) ? value : value instanceof Tuple ? value.items : [], key)
  return orElse(item, () => new Missing(textOf(key), lackOf(value, key), { parent: value }))
}

/** Pairs of each item and each member of one of its lists. */
function subelements(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['obj', 'subelements', 'skip_missing'], args, named)
  const source = required(bound.obj, 'obj')
  const items = source instanceof Map ? [...source.values()] : listOf(source)
  if (items === undefined) throw new EvaluationError('filter-argument', 'obj must be a list of dicts or a nested dict')
  const wanted = required(bound.subelements, 'subelements')
  if (!Array.isArray(wanted) && typeof wanted !== 'string') throw new EvaluationError('filter-argument', 'subelements must be a list or a string')
  const path: readonly Value[] = Array.isArray(wanted) ? wanted : wanted.split('.')
  const skipMissing = flagArgument(bound.skip_missing, false)
  return items.flatMap((item) => subelementsOf(item, path, skipMissing).map((member) => new Tuple([item, member])))
}

function subelementsOf(item: Value, path: readonly Value[], skipMissing: boolean): readonly Value[] {
  let value: Value = item
  for (const key of path) {
    if (!(value instanceof Map)) throw new EvaluationError('filter-argument', `the key ${textOf(key)} should point to a dictionary, got '${textOf(value)}'`)
    const inner = dictGet(value, key)
    if (inner === undefined && skipMissing) return []
    if (inner === undefined) throw new EvaluationError('filter-argument', `could not find ${reprOf(key)} key in iterated item ${reprOf(value)}`)
    value = inner
  }
  if (!Array.isArray(value)) throw new EvaluationError('filter-argument', `the key ${reprOf(path.at(-1) ?? null)} should point to a list, got ${reprOf(value)}`)
  return value
}

function rekey(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['data', 'key', 'duplicates'], args, named)
  const source = required(bound.data, 'data')
  const duplicates = textArgument(bound.duplicates, 'error')
  if (duplicates !== 'error' && duplicates !== 'overwrite') throw rekeyFailed(`duplicates parameter to rekey_on_member has unknown value: ${duplicates}`)
  const items = source instanceof Map ? [...source.values()] : listOf(source)
  if (items === undefined) throw rekeyFailed('Type is not a valid list, set, or dict')
  const wanted = required(bound.key, 'key')
  const result: Dict = new Map()
  for (const item of items) {
    if (!(item instanceof Map)) throw rekeyFailed('List item is not a valid dict')
    const key = dictGet(item, wanted)
    if (key === undefined) throw rekeyFailed(`Key ${textOf(wanted)} was not found`)
    if (dictHas(result, key) && duplicates === 'error') throw rekeyFailed(`Key ${textOf(key)} is not unique, cannot correctly turn into dict`)
    dictSet(result, key, item)
  }
  return result
}

function rekeyFailed(message: string): EvaluationError {
  return new EvaluationError('filter-argument', message)
}

