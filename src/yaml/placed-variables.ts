import { PlacedMap } from '../value/placed-map.ts'
import type { Value } from '../value/value.ts'
import type { YamlMapping } from './node.ts'
import { valueOf } from './value-of.ts'

/** The variables of a mapping, each with its place. */
export function placedVariables(node: YamlMapping): PlacedMap {
  const variables = new PlacedMap<Value>()
  for (const { key, value } of node.entries) variables.place(key.value, valueOf(value), { ...key.range, end: Math.max(key.range.end, value.range.end) })
  return variables
}
