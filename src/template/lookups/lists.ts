import { randomInt } from 'node:crypto'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf, listOf } from '../iterate.ts'
import type { Lookup } from '../types.ts'
import { sequence } from './sequence.ts'
import { subelements } from './subelements.ts'

/** Lookups that make lists of what they are given; `with_*` loops mostly. */
export const LIST_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['list', (terms) => terms],
  ['items', (terms) => terms.flatMap((term) => listOf(term) ?? [term])],
  ['flattened', (terms) => flattened(terms)],
  ['dict', (terms) => terms.flatMap(dictItems)],
  ['indexed_items', indexedItems],
  ['nested', (terms) => nested(terms)],
  ['cartesian', (terms) => nested(terms)],
  ['together', (terms) => together(terms.map(itemsOf))],
  ['subelements', subelements],
  ['sequence', (terms, named) => (terms.length === 0 ? [''] : terms).flatMap((term) => sequence(textOf(term), named))],
  ['random_choice', (terms) => randomChoice(terms)],
]

function indexedItems(terms: readonly Value[]): Value[] {
  if (terms.some((term) => term instanceof Map)) throw new EvaluationError('lookup-failed', 'with_indexed_items expects a list')
  return terms.flatMap((term) => listOf(term) ?? [term]).map((item, index) => new Tuple([index, item]))
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
  if (!(term instanceof Map)) throw new EvaluationError('lookup-failed', `with_dict expects a dict, not a value of type '${typeName(term)}'`)
  return [...term].map(([key, value]) => new Map<Value, Value>([['key', key], ['value', value]]))
}

function nested(terms: readonly Value[]): Value[] {
  if (terms.length === 0) throw new EvaluationError('lookup-failed', 'with_nested requires at least one element in the nested list')
  const lists = terms.map((term) => listOf(term) ?? [term])
  const rows = lists.reduce<Value[][]>((done, list) => done.flatMap((row) => list.map((item) => [...row, item])), [[]])
  return rows.map((row) => row.flatMap((item) => listOf(item) ?? [item]))
}

/** Shorter lists are filled up with None. */
function together(lists: readonly (readonly Value[])[]): Value[] {
  if (lists.length === 0) throw new EvaluationError('lookup-failed', 'with_together requires at least one element in each list')
  const length = Math.max(...lists.map((list) => list.length))
  return Array.from({ length }, (_, index) => lists.map((list) => list[index] ?? null))
}

function randomChoice(terms: readonly Value[]): readonly Value[] {
  if (terms.length === 0) return []
  return terms.slice(0).splice(randomInt(terms.length), 1)
}
