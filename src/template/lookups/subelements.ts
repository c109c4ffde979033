import { dictGet } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { listOf } from '../iterate.ts'

/** Pairs of each dict and each member of a list in it: `with_subelements: [users, authorized.keys, {skip_missing: true}]`. */
export function subelements(terms: readonly Value[]): Value[] {
  const { source, path, skipMissing } = requestOf(terms)
  const items = source instanceof Map ? isSkipped(source) ? [] : [...source.values()] : listOf(source) ?? []
  return items.flatMap((item) => {
    if (!(item instanceof Map)) throw failed(`expects a dictionary, got '${textOf(item)}'`)
    return isSkipped(item) ? [] : membersOf(item, path, skipMissing).map((member) => new Tuple([item, member]))
  })
}

interface Request {
  readonly source: Value
  readonly path: readonly string[]
  readonly skipMissing: boolean
}

const FORM = 'subelements lookup expects a list of two or three items,'

function requestOf(terms: readonly Value[]): Request {
  const [source, path, flags] = terms
  if (source === undefined || path === undefined || terms.length > 3) throw failed(FORM)
  if (!(source instanceof Map) && listOf(source) === undefined) {
    throw failed(typeof path === 'string' ? `${FORM} the first a dict or a list: expects a dictionary or a list of them, got '${textOf(source)}'` : `${FORM} first a dict or a list, second a string pointing to the subkey`)
  }
  if (typeof path !== 'string') throw failed(`${FORM} first a dict or a list, second a string pointing to the subkey`)
  if (flags !== undefined && !isFlags(flags)) throw failed("the optional third item must be a dict with flags ('skip_missing')")
  return { source, path: path.split('.'), skipMissing: flags instanceof Map && isTrue(flags.get('skip_missing') ?? false) }
}

function isFlags(flags: Value): boolean {
  return flags instanceof Map && [...flags.keys()].every((key) => key === 'skip_missing')
}

/** Results of tasks that were skipped have no members. */
function isSkipped(item: Map<Value, Value>): boolean {
  return item.get('skipped') !== undefined && item.get('skipped') !== false
}

function membersOf(item: Value, path: readonly string[], skipMissing: boolean): readonly Value[] {
  let value = item
  for (const [index, key] of path.entries()) {
    const inner = value instanceof Map ? dictGet(value, key) : undefined
    if (inner === undefined && skipMissing) return []
    if (inner === undefined) throw failed(`could not find '${key}' key in iterated item '${textOf(value)}'`)
    value = inner
    const isLast = index === path.length - 1
    if (isLast && listOf(value) === undefined) throw failed(`the key ${key} should point to a list, got '${textOf(value)}'`)
    if (!isLast && !(value instanceof Map)) throw failed(`the key ${key} should point to a dictionary, got '${textOf(value)}'`)
  }
  return listOf(value) ?? []
}

function failed(message: string): EvaluationError {
  return new EvaluationError('lookup-failed', message)
}
