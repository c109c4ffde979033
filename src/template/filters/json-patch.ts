import { dictDelete, dictGet, dictSet, valuesEqual } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { bind, flagArgument, required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import type { Filter } from '../types.ts'
import { jsonDiff } from './json-diff.ts'

/** Filters that change data by the operations of RFC 6902. */
export const PATCH_FILTERS: readonly (readonly [string, Filter])[] = [
  ['json_patch', (args, named) => single(bind(['input', 'op', 'path', 'value', 'from', 'fail_test'], args, named))],
  ['json_diff', (args, named) => {
    const bound = bind(['input', 'target'], args, named)
    return jsonDiff(bound.input ?? null, required(bound.target, 'target'))
  }],
  ['json_patch_recipe', (args, named) => {
    const bound = bind(['input', 'operations', 'fail_test'], args, named)
    return patched(bound.input ?? null, itemsOf(required(bound.operations, 'operations')), flagArgument(bound.fail_test, false))
  }],
]

interface Single {
  readonly input: Value | undefined
  readonly op: Value | undefined
  readonly path: Value | undefined
  readonly value: Value | undefined
  readonly from: Value | undefined
  readonly fail_test: Value | undefined
}

function single({ input, op, path, value, from, fail_test: failTest }: Single): Value {
  const given = Object.entries({ op, path, value, from }).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  return patched(input ?? null, [new Map<Value, Value>(given)], flagArgument(failTest, false))
}

/** None when a test does not hold, unless that is to be an error. */
function patched(input: Value, operations: readonly Value[], failTest: boolean): Value {
  const document = { root: copied(input) }
  for (const operation of operations) {
    if (!(operation instanceof Map)) throw failed('an operation is no dict')
    const name = textOf(operation.get('op') ?? null)
    const run = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
    if (run === undefined) throw failed(`there is no operation '${name}'; known are ${Object.keys(OPERATIONS).join(', ')}`)
    if (run(document, operation)) continue
    if (failTest) throw failed(`the test of '${textOf(operation.get('path') ?? null)}' does not hold`)
    return null
  }
  return document.root
}

interface Patched {
  root: Value
}

const OPERATIONS: Readonly<Record<string, (document: Patched, operation: Dict) => boolean>> = {
  add: (document, operation) => insert(document, pathOf(operation), member(operation, 'value')),
  replace: (document, operation) => replace(document, pathOf(operation), member(operation, 'value')),
  remove: (document, operation) => remove(document, pathOf(operation)),
  copy: (document, operation) => insert(document, pathOf(operation), copied(read(document.root, pathOf(operation, 'from')))),
  move(document, operation) {
    const value = read(document.root, pathOf(operation, 'from'))
    remove(document, pathOf(operation, 'from'))
    return insert(document, pathOf(operation), value)
  },
  test: (document, operation) => valuesEqual(read(document.root, pathOf(operation)), member(operation, 'value')),
}

function member(operation: Dict, name: string): Value {
  const value = operation.get(name)
  if (value === undefined) throw failed(`'${textOf(operation.get('op') ?? null)}' needs '${name}'`)
  return value
}

function pathOf(operation: Dict, name = 'path'): string[] {
  const text = textOf(member(operation, name))
  if (text !== '' && !text.startsWith('/')) throw failed(`the path '${text}' does not begin with /`)
  return text.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(root: Value, path: readonly string[]): Value {
  let value = root
  for (const key of path) {
    const inner = value instanceof Map ? dictGet(value, key) : Array.isArray(value) ? value[indexIn(value, key)] : undefined
    if (inner === undefined) throw failed(`there is nothing at '/${path.join('/')}'`)
    value = inner
  }
  return value
}

function insert(document: Patched, path: readonly string[], value: Value): boolean {
  const key = path.at(-1)
  if (key === undefined) document.root = value
  else {
    const holder = read(document.root, path.slice(0, -1))
    if (holder instanceof Map) dictSet(holder, key, value)
    else if (Array.isArray(holder)) holder.splice(key === '-' ? holder.length : indexIn(holder, key, holder.length), 0, value)
    else throw failed(`nothing can be added at '/${path.join('/')}'`)
  }
  return true
}

function replace(document: Patched, path: readonly string[], value: Value): boolean {
  if (path.length > 0) remove(document, path)
  return insert(document, path, value)
}

function remove(document: Patched, path: readonly string[]): boolean {
  read(document.root, path)
  const holder = read(document.root, path.slice(0, -1))
  const key = path.at(-1) ?? ''
  if (holder instanceof Map) dictDelete(holder, key)
  else if (Array.isArray(holder)) holder.splice(indexIn(holder, key), 1)
  return true
}

function indexIn(items: readonly Value[], key: string, last = items.length - 1): number {
  const index = /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : NaN
  if (!(index <= last)) throw failed(`the list has no item '${key}'`)
  return index
}

function copied(value: Value): Value {
  if (Array.isArray(value)) return value.map(copied)
  return value instanceof Map ? new Map([...value].map(([key, item]) => [key, copied(item)])) : value
}

function failed(reason: string): EvaluationError {
  return new EvaluationError('filter-argument', `Cannot patch: ${reason}`)
}
