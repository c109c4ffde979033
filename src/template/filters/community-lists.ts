import { dictGet, dictSet } from '../../value/equal.ts'
import { compareValues } from '../../value/order.ts'
import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { bind, flagArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import { applyOperator } from '../runtime/arithmetic.ts'
import { compareLoose } from '../version/distutils-versions.ts'
import { pythonRegex } from '../regex/python-regex.ts'
import type { Filter } from '../types.ts'
import { attributePath } from './attribute-path.ts'
import { combine } from './combine.ts'
import { jsonQuery } from './json-query.ts'
import { ValueSet } from './value-set.ts'

/** Filters of lists and dicts that community.general and ansible.utils add. */
export const COMMUNITY_LIST_FILTERS: readonly (readonly [string, Filter])[] = [
  ['lists_union', (lists) => ValueSet.of(flatItems(lists)).items],
  ['lists_intersect', (lists) => fold(lists, (kept, list) => kept.filter((item) => ValueSet.of(list).has(item)))],
  ['lists_difference', (lists) => fold(lists, (kept, list) => kept.filter((item) => !ValueSet.of(list).has(item)))],
  ['lists_symmetric_difference', (lists) => fold(lists, symmetricDifference)],
  ['lists_mergeby', mergeBy],
  ['groupby_as_dict', ([value = null, attribute]) => groupAsDict(value, required(attribute, 'attribute'))],
  ['dict', ([value = null]) => new Map(itemsOf(value).map((pair) => twoOf(pair)))],
  ['dict_kv', ([value = null, key]) => new Map<Value, Value>([[required(key, 'key'), value]])],
  ['counter', ([value = null]) => countItems(itemsOf(value))],
  ['accumulate', ([value = null]) => accumulate(itemsOf(value))],
  ['version_sort', ([value = null, reverse]) => sortVersions(itemsOf(value).map(textOf), flagArgument(reverse, false))],
  ['json_query', jsonQuery],
  ['keep_keys', (args, named) => selectKeys(args, named, true)],
  ['remove_keys', (args, named) => selectKeys(args, named, false)],
  ['replace_keys', replaceKeys],
]

function flatItems(lists: readonly Value[]): Value[] {
  return lists.flatMap((list) => itemsOf(list))
}

/** From the first list on, duplicates left out. */
function fold(lists: readonly Value[], step: (kept: readonly Value[], list: readonly Value[]) => Value[]): Value[] {
  const [first = [], ...rest] = lists
  return rest.reduce<Value[]>((kept, list) => step(kept, itemsOf(list)), ValueSet.of(itemsOf(first)).items)
}

function symmetricDifference(left: readonly Value[], right: readonly Value[]): Value[] {
  const [leftSet, rightSet] = [ValueSet.of(left), ValueSet.of(right)]
  return [...leftSet.items.filter((item) => !rightSet.has(item)), ...rightSet.items.filter((item) => !leftSet.has(item))]
}

function twoOf(pair: Value): [Value, Value] {
  const [key, value, ...rest] = itemsOf(pair)
  if (key === undefined || value === undefined || rest.length > 0) throw new EvaluationError('filter-argument', 'Cannot make a dict: pairs of key and value are needed')
  return [key, value]
}

/** Joins dicts of several lists that agree in one key; sorted by that key. */
function mergeBy(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const index = named.get('index') ?? required(args.at(-1), 'index')
  const lists = named.has('index') ? args : args.slice(0, -1)
  const options = new Map([...named].filter(([name]) => name !== 'index'))
  const merged: Dict = new Map()
  for (const item of flatItems(lists)) {
    const key = item instanceof Map ? dictGet(item, index) : undefined
    if (key === undefined) continue
    const known = dictGet(merged, key)
    dictSet(merged, key, known === undefined ? item : combine([known, item], options))
  }
  return [...merged].sort(([left], [right]) => compareValues(left, right)).map(([, item]) => item)
}

function groupAsDict(value: Value, attribute: Value): Value {
  const read = attributePath(attribute)
  const groups: Dict = new Map()
  for (const item of itemsOf(value)) {
    const key = read(item)
    if (dictGet(groups, key) !== undefined) throw new EvaluationError('filter-argument', `Cannot group: several items have '${textOf(key)}' as '${textOf(attribute)}'`)
    dictSet(groups, key, item)
  }
  return groups
}

function countItems(items: readonly Value[]): Dict {
  const counts: Dict = new Map()
  for (const item of items) dictSet(counts, item, applyOperator('+', dictGet(counts, item) ?? 0, 1))
  return counts
}

function accumulate(items: readonly Value[]): Value[] {
  const totals: Value[] = []
  for (const item of items) {
    const last = totals.at(-1)
    totals.push(last === undefined ? item : applyOperator('+', last, item))
  }
  return totals
}

function sortVersions(versions: readonly string[], reverse: boolean): string[] {
  const sorted = [...versions].sort(compareLoose)
  return reverse ? sorted.reverse() : sorted
}

/** Whether a key is one of the targets, by equality or by where the texts match. */
function keyMatcher(targets: readonly Value[], how: string): (key: Value) => boolean {
  const texts = targets.map(textOf)
  const matchers: Readonly<Record<string, (key: string) => boolean>> = {
    equal: (key) => texts.includes(key),
    starts_with: (key) => texts.some((text) => key.startsWith(text)),
    ends_with: (key) => texts.some((text) => key.endsWith(text)),
    regex: (key) => texts.some((text) => pythonRegex(text, { anchor: 'match' }).test(key)),
  }
  const matches = Object.hasOwn(matchers, how) ? matchers[how] : undefined
  if (matches === undefined) throw new EvaluationError('filter-argument', `Cannot match keys by '${how}'`, `Known are: ${Object.keys(matchers).join(', ')}`)
  return (key) => matches(textOf(key))
}

function selectKeys(args: readonly Value[], named: ReadonlyMap<string, Value>, wanted: boolean): Value {
  const bound = bind(['data', 'target', 'matching_parameter'], args, named)
  const target = required(bound.target, 'target')
  const matches = keyMatcher(Array.isArray(target) ? target : [target], textArgument(bound.matching_parameter, 'equal'))
  return eachDict(bound.data ?? null, (dict) => new Map([...dict].filter(([key]) => matches(key) === wanted)))
}

function replaceKeys(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['data', 'target', 'matching_parameter'], args, named)
  const how = textArgument(bound.matching_parameter, 'equal')
  const rules = itemsOf(required(bound.target, 'target')).map((rule) => {
    const [before, after] = rule instanceof Map ? [rule.get('before'), rule.get('after')] : []
    return { matches: keyMatcher([required(before, 'before')], how), after: required(after, 'after') }
  })
  return eachDict(bound.data ?? null, (dict) => new Map([...dict].map(([key, value]) => [rules.find((rule) => rule.matches(key))?.after ?? key, value])))
}

function eachDict(data: Value, change: (dict: Dict) => Dict): Value {
  return itemsOf(data).map((item) => {
    if (item instanceof Map) return change(item)
    throw new EvaluationError('filter-argument', 'Cannot change keys: a list of dicts is needed')
  })
}

