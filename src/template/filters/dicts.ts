import { dictGet, dictHas, dictSet } from '../../value/equal.ts'
import { compareValues } from '../../value/order.ts'
import { reprOf, textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Dict, Value } from '../../value/value.ts'
import { Undefined } from '../../value/undefined.ts'
import { bind, flagArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf, listOf } from '../iterate.ts'
import { listItem } from '../runtime/access.ts'
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
  const [keyName, valueName] = [textArgument(bound.key_name, 'key'), textArgument(bound.value_name, 'value')]
  return [...requireDict(bound.dict ?? null, 'dict2items')].map(([key, value]) => new Map<Value, Value>([[keyName, key], [valueName, value]]))
}

function itemsToDict(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['items', 'key_name', 'value_name'], args, named)
  const [keyName, valueName] = [textArgument(bound.key_name, 'key'), textArgument(bound.value_name, 'value')]
  const result: Dict = new Map()
  for (const item of itemsOf(bound.items ?? null)) {
    const entry = requireDict(item, 'items2dict')
    const [key, value] = [entry.get(keyName), entry.get(valueName)]
    if (key === undefined || value === undefined) throw new EvaluationError('filter-argument', `Cannot use 'items2dict': each item needs '${keyName}' and '${valueName}', but one is ${reprOf(item)}`)
    dictSet(result, key, value)
  }
  return result
}

function dictSort(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'case_sensitive', 'by', 'reverse'], args, named)
  const index = textArgument(bound.by, 'key') === 'value' ? 1 : 0
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
  return orElse(item, () => new Missing(textOf(key), `'${typeName(value)}' has no item ${reprOf(key)}`, { parent: value }))
}

/** Pairs of each item and each member of one of its lists. */
function subelements(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['obj', 'subelements', 'skip_missing'], args, named)
  const source = required(bound.obj, 'obj')
  const items = source instanceof Map ? [...source.values()] : itemsOf(source)
  const wanted = required(bound.subelements, 'subelements')
  const path = Array.isArray(wanted) ? wanted : textOf(wanted).split('.')
  const skipMissing = flagArgument(bound.skip_missing, false)
  return items.flatMap((item) => subelementsOf(item, path, skipMissing).map((member) => new Tuple([item, member])))
}

function subelementsOf(item: Value, path: readonly Value[], skipMissing: boolean): readonly Value[] {
  let value: Value = item
  for (const key of path) {
    const inner = value instanceof Map ? dictGet(value, key) : undefined
    if (inner === undefined && skipMissing) return []
    if (inner === undefined) throw new EvaluationError('filter-argument', `Cannot use 'subelements': there is no key '${textOf(key)}' in ${reprOf(value).slice(0, 60)}`)
    value = inner
  }
  if (!Array.isArray(value)) throw new EvaluationError('filter-argument', `Cannot use 'subelements': the value of '${path.map(textOf).join('.')}' is no list`)
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
  return new EvaluationError('filter-argument', `Cannot use 'rekey_on_member': ${message}`)
}

