import { Float } from '../../value/float.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'
import { VaultString } from '../../value/vault-string.ts'
import { DICT_METHODS } from './dict-methods.ts'
import { LIST_METHODS, TUPLE_METHODS } from './list-methods.ts'
import type { Method } from './method.ts'
import { BYTES_METHODS, FLOAT_METHODS, INTEGER_METHODS } from './number-methods.ts'
import { TEXT_METHODS } from './text-methods.ts'

/** The method of that name on a value's type: the only way from a template to code of this program. */
export function findMethod(target: Value, name: string): Method | undefined {
  if (typeof target === 'string' || target instanceof VaultString) return TEXT_METHODS.get(name)
  if (Array.isArray(target)) return LIST_METHODS.get(name)
  if (target instanceof Map) return target instanceof LazyDict && CHANGING.has(name) ? undefined : DICT_METHODS.get(name)
  if (target instanceof Tuple) return TUPLE_METHODS.get(name)
  return findNumberMethod(target, name)
}

function findNumberMethod(target: Value, name: string): Method | undefined {
  if (typeof target === 'number' || typeof target === 'bigint') return INTEGER_METHODS.get(name)
  if (target instanceof Float) return FLOAT_METHODS.get(name)
  return target instanceof Uint8Array ? BYTES_METHODS.get(name) : undefined
}

const CHANGING = new Set(['update', 'pop', 'popitem', 'clear', 'setdefault'])
