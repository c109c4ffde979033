import { valuesEqual } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import type { Dict, Value } from '../../value/value.ts'

type Operation = readonly ['op' | 'path' | 'value', Value][]

/** The operations of RFC 6902 that make one of the other; what they move is removed and added. */
export function jsonDiff(before: Value, after: Value): Value[] {
  return difference(before, after, '').map((operation): Dict => new Map<Value, Value>(operation))
}

function difference(before: Value, after: Value, path: string): Operation[] {
  if (before instanceof Map && after instanceof Map) return dictDifference(before, after, path)
  if (Array.isArray(before) && Array.isArray(after)) return listDifference(before, after, path)
  // For JSON, 1 and true are not the same.
  return typeName(before) === typeName(after) && valuesEqual(before, after) ? [] : [[['op', 'replace'], ['path', path], ['value', after]]]
}

function dictDifference(before: Dict, after: Dict, path: string): Operation[] {
  const place = (key: Value): string => `${path}/${textOf(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
  const removed = [...before.keys()].filter((key) => !after.has(key)).map((key): Operation => [['op', 'remove'], ['path', place(key)]])
  const added = [...after].filter(([key]) => !before.has(key)).map(([key, value]): Operation => [['op', 'add'], ['path', place(key)], ['value', value]])
  const changed = [...before].flatMap(([key, value]) => {
    const other = after.get(key)
    return other === undefined ? [] : difference(value, other, place(key))
  })
  return [...removed, ...added, ...changed]
}

/** Items are compared place by place; those at the end go, or come. */
function listDifference(before: readonly Value[], after: readonly Value[], path: string): Operation[] {
  const changed = before.slice(0, after.length).flatMap((value, index) => difference(value, after[index] ?? null, `${path}/${index}`))
  const removed = before.slice(after.length).map((): Operation => [['op', 'remove'], ['path', `${path}/${after.length}`]])
  const added = after.slice(before.length).map((value, index): Operation => [['op', 'add'], ['path', `${path}/${before.length + index}`], ['value', value]])
  return [...changed, ...removed, ...added]
}
