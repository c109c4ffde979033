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
    if (isSkipped(item)) return []
    const rest = withoutKey(item, path)
    return membersOf(item, path, skipMissing).map((member) => new Tuple([rest, member]))
  })
}

/** What an item is besides the list that is gone through. */
function withoutKey(item: Value, [key, ...deeper]: readonly string[]): Value {
  if (!(item instanceof Map) || key === undefined) return item
  if (deeper.length === 0) return new Map([...item].filter(([name]) => name !== key))
  return new Map([...item].map(([name, value]) => [name, name === key ? withoutKey(value, deeper) : value]))
}

interface Request {
  readonly source: Value
  readonly path: readonly string[]
  readonly skipMissing: boolean
}

const FORM = 'subelements lookup expects a list of two or three items,'

function requestOf([source, path, flags, ...more]: readonly Value[]): Request {
  if (source === undefined || path === undefined || more.length > 0) throw failed(FORM)
  requireContainer(source, path)
  if (typeof path !== 'string') throw failed(`${FORM} first a dict or a list, second a string pointing to the subkey`)
  if (flags !== undefined && !isFlags(flags)) throw failed("the optional third item must be a dict with flags ('skip_missing')")
  return { source, path: path.split('.'), skipMissing: flags instanceof Map && isTrue(flags.get('skip_missing') ?? false) }
}

function requireContainer(source: Value, path: Value): void {
  if (source instanceof Map || listOf(source) !== undefined) return
  throw failed(typeof path === 'string' ? `${FORM} the first a dict or a list: expects a dictionary or a list of them, got '${textOf(source)}'` : `${FORM} first a dict or a list, second a string pointing to the subkey`)
}

function isFlags(flags: Value): boolean {
  return flags instanceof Map && [...flags.keys()].every((key) => key === 'skip_missing')
}

/** Results of tasks that were skipped have no members. */
function isSkipped(item: Map<Value, Value>): boolean {
  return item.get('skipped') !== undefined && item.get('skipped') !== false
}

function membersOf(item: Map<Value, Value>, path: readonly string[], skipMissing: boolean): readonly Value[] {
  let holder = item
  for (const key of path.slice(0, -1)) {
    const inner = requireKey(holder, key, skipMissing)
    if (inner instanceof Map) holder = inner
    else if (skipMissing) return []
    else throw failed(`the key ${key} should point to a dictionary, got '${textOf(inner)}'`)
  }
  const last = path.at(-1) ?? ''
  const value = requireKey(holder, last, skipMissing)
  const members = listOf(value)
  if (members === undefined && !(value === null && skipMissing)) throw failed(`the key ${last} should point to a list, got '${textOf(value)}'`)
  return members ?? []
}

/** The value of a key; null for one that may be missing. */
function requireKey(dict: Map<Value, Value>, key: string, skipMissing: boolean): Value {
  const value = dictGet(dict, key)
  if (value === undefined && !skipMissing) throw failed(`could not find '${key}' key in iterated item '${textOf(dict)}'`)
  return value === undefined ? null : value
}

function failed(message: string): EvaluationError {
  return new EvaluationError('lookup-failed', message)
}
