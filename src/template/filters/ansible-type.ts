import { Float } from '../../value/float.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'

/** As `type_debug`, with what a list or dict is made of. */
export function ansibleType(value: Value): string {
  if (Array.isArray(value)) return `list[${union(value.map(ansibleType))}]`
  if (value instanceof Tuple) return `tuple[${union(value.items.map(ansibleType))}]`
  if (value instanceof Map) return `dict[${union([...value.keys()].map(ansibleType))}, ${union([...value.values()].map(ansibleType))}]`
  return scalarType(value)
}

function scalarType(value: Value): string {
  if (value === null) return 'NoneType'
  if (value instanceof Float) return 'float'
  return { string: 'str', boolean: 'bool', number: 'int', bigint: 'int' }[typeof value as string] ?? 'object'
}

function union(types: readonly string[]): string {
  return [...new Set(types)].sort().join('|')
}
