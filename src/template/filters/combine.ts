import { dictGet, dictSet } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import { isTrue } from '../../value/truth.ts'
import { Undefined } from '../../value/undefined.ts'
import { UndefinedUseError } from '../../value/use-error.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { listOf } from '../iterate.ts'
import { ValueSet } from './value-set.ts'

interface MergeOptions {
  readonly recursive: boolean
  /** What becomes of two lists under one key. */
  readonly lists: 'replace' | 'keep' | 'append' | 'prepend' | 'append_rp' | 'prepend_rp'
}

/** Merges dicts, later ones winning: the `combine` filter. */
export function combine(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const options = mergeOptions(named)
  const [only, ...others] = termsOf(args)
  if (only !== undefined && others.length === 0) return only
  return dictsAmong(args).reduce((merged, dict) => mergeDicts(merged, dict, options), new Map<Value, Value>())
}

/** The second dict wins. Neither is changed. */
function mergeDicts(left: Dict, right: Dict, options: MergeOptions): Dict {
  const merged = new Map(left)
  for (const [key, value] of right) {
    const known = dictGet(merged, key)
    dictSet(merged, key, known === undefined ? value : mergeValues(known, value, options))
  }
  return merged
}

function mergeValues(left: Value, right: Value, options: MergeOptions): Value {
  if (options.recursive && left instanceof Map && right instanceof Map) return mergeDicts(left, right, options)
  return Array.isArray(left) && Array.isArray(right) ? LISTS[options.lists](left, right) : right
}

const LISTS: Readonly<Record<MergeOptions['lists'], (left: Value[], right: Value[]) => Value[]>> = {
  replace: (_left, right) => right,
  keep: (left) => left,
  append: (left, right) => [...left, ...right],
  prepend: (left, right) => [...right, ...left],
  append_rp: (left, right) => [...without(left, right), ...right],
  prepend_rp: (left, right) => [...right, ...without(left, right)],
}

function without(items: readonly Value[], others: readonly Value[]): Value[] {
  const set = ValueSet.of(others)
  return items.filter((item) => !set.has(item))
}

function mergeOptions(named: ReadonlyMap<string, Value>): MergeOptions {
  for (const name of named.keys()) if (name !== 'recursive' && name !== 'list_merge') throw new EvaluationError('filter-argument', "'recursive' and 'list_merge' are the only valid keyword arguments", `There is '${name}'`)
  const lists = textOf(named.get('list_merge') ?? 'replace')
  if (!isListMerge(lists)) throw new EvaluationError('filter-argument', "merge_hash: 'list_merge' argument can only be equal to 'replace', 'keep', 'append', 'prepend', 'append_rp' or 'prepend_rp'", `It is '${lists}'`)
  return { recursive: isTrue(named.get('recursive') ?? false), lists }
}

function isListMerge(name: string): name is MergeOptions['lists'] {
  return Object.hasOwn(LISTS, name)
}

function termsOf(values: readonly Value[]): Value[] {
  return values.flatMap((value) => listOf(value) ?? [value]).filter((value) => value !== null && value !== 'None' && value !== 'null')
}

/** Lists of dicts are taken apart, and nothing counts as no dict. */
function dictsAmong(values: readonly Value[]): Dict[] {
  return termsOf(values).map((value) => {
    if (value instanceof Map) return value
    if (value instanceof Undefined) throw new UndefinedUseError(value)
    throw new EvaluationError('filter-argument', `failed to combine variables, expected dicts but got a '${typeName(value)}'`)
  })
}
