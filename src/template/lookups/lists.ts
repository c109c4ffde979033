import { randomInt } from 'node:crypto'
import { dictGet } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { isTrue } from '../../value/truth.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import type { Lookup } from '../types.ts'
import { sequence } from './sequence.ts'

/** Lookups that make lists of what they are given; `with_*` loops mostly. */
export const LIST_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['list', (terms) => terms],
  ['items', (terms) => terms.flatMap((term) => listOf(term) ?? [term])],
  ['flattened', (terms) => flattened(terms)],
  ['dict', (terms) => terms.flatMap(dictItems)],
  ['indexed_items', (terms) => terms.flatMap((term) => listOf(term) ?? [term]).map((item, index) => new Tuple([index, item]))],
  ['nested', (terms) => nested(terms)],
  ['cartesian', (terms) => nested(terms)],
  ['together', (terms) => together(terms.map(itemsOf))],
  ['subelements', subelements],
  ['sequence', (terms, named) => (terms.length === 0 ? [''] : terms).flatMap((term) => sequence(textOf(term), named))],
  ['random_choice', (terms) => randomChoice(terms)],
]

function listOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  return value instanceof Tuple ? value.items : undefined
}

function flattened(terms: readonly Value[]): Value[] {
  return terms.flatMap((term) => {
    if (term === null || term === 'None' || term === 'null') return []
    const items = listOf(term)
    return items === undefined ? [term] : flattened(items)
  })
}

function dictItems(term: Value): Value[] {
  if (Array.isArray(term)) return term.flatMap(dictItems)
  if (!(term instanceof Map)) throw new EvaluationError('lookup-failed', `Cannot use the dict lookup on a value of type '${typeName(term)}': it needs a dict`)
  return [...term].map(([key, value]) => new Map<Value, Value>([['key', key], ['value', value]]))
}

function nested(terms: readonly Value[]): Value[] {
  if (terms.length === 0) throw new EvaluationError('lookup-failed', 'Cannot nest nothing: at least one list is needed')
  const lists = terms.map((term) => listOf(term) ?? [term])
  const rows = lists.reduce<Value[][]>((done, list) => done.flatMap((row) => list.map((item) => [...row, item])), [[]])
  return rows.map((row) => row.flatMap((item) => listOf(item) ?? [item]))
}

/** Shorter lists are filled up with None. */
function together(lists: readonly (readonly Value[])[]): Value[] {
  if (lists.length === 0) throw new EvaluationError('lookup-failed', 'Cannot put together nothing: at least one list is needed')
  const length = Math.max(...lists.map((list) => list.length))
  return Array.from({ length }, (_, index) => lists.map((list) => list[index] ?? null))
}

function subelements(terms: readonly Value[]): Value[] {
  const [source, path, flags] = terms
  if (source === undefined || typeof path !== 'string') throw new EvaluationError('lookup-failed', 'Cannot use the subelements lookup: a list of dicts and the name of a key are needed')
  const skipMissing = flags instanceof Map && isTrue(flags.get('skip_missing') ?? false)
  const items = source instanceof Map ? isTrue(source.get('skipped') ?? false) ? [] : [...source.values()] : itemsOf(source)
  return items.flatMap((item) => {
    if (!(item instanceof Map)) throw new EvaluationError('lookup-failed', `Cannot use the subelements lookup: an item is of type '${typeName(item)}', not a dict`)
    if (isTrue(item.get('skipped') ?? false)) return []
    return membersOf(item, path, skipMissing).map((member) => new Tuple([item, member]))
  })
}

function membersOf(item: Value, path: string, skipMissing: boolean): readonly Value[] {
  let value = item
  for (const key of path.split('.')) {
    const inner = value instanceof Map ? dictGet(value, key) : undefined
    if (inner === undefined && skipMissing) return []
    if (inner === undefined) throw new EvaluationError('lookup-failed', `Cannot find the key '${key}' in an item of the subelements lookup`)
    value = inner
  }
  const members = listOf(value)
  if (members === undefined) throw new EvaluationError('lookup-failed', `Cannot use the subelements lookup: '${path}' is of type '${typeName(value)}', not a list`)
  return members
}

function randomChoice(terms: readonly Value[]): readonly Value[] {
  if (terms.length === 0) return []
  return terms.slice(0).splice(randomInt(terms.length), 1)
}
