import { Float } from './float.ts'
import { requireKnown } from './require-known.ts'
import { TemplateObject } from './template-object.ts'
import { Tuple } from './tuple.ts'
import type { Dict, Value } from './value.ts'

/** Python's `==`: `1 == 1.0 == True`, containers by content, a list never equals a tuple. */
export function valuesEqual(left: Value, right: Value): boolean {
  if (left === right && typeof left !== 'object') return true
  if (typeof left === 'string' || typeof right === 'string') return equalsText(left, right)
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)]
  if (leftNumber !== undefined && rightNumber !== undefined) return numbersEqual(leftNumber, rightNumber)
  requireKnown(left)
  requireKnown(right)
  return containersEqual(left, right)
}

/** Mixed integers and big integers compare by value; NaN equals nothing. */
function numbersEqual(left: number | bigint, right: number | bigint): boolean {
  return left <= right && left >= right
}

/** The number a value is in arithmetic and comparison (True is 1), or undefined for what is no number. */
export function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Float ? value.value : undefined
}

/** Looks up a key by Python's equality. */
export function dictGet(dict: Dict, key: Value): Value | undefined {
  return dict.get(canonicalKey(dict, key))
}

export function dictHas(dict: Dict, key: Value): boolean {
  return dict.has(canonicalKey(dict, key))
}

/** Sets a key, keeping an equal key that is there, as Python does. */
export function dictSet(dict: Dict, key: Value, value: Value): void {
  dict.set(canonicalKey(dict, key), value)
}

export function dictDelete(dict: Dict, key: Value): boolean {
  return dict.delete(canonicalKey(dict, key))
}

function equalsText(left: Value, right: Value): boolean {
  requireKnown(left)
  requireKnown(right)
  return left === right
}

function containersEqual(left: Value, right: Value): boolean {
  if (left === right) return true
  if (Array.isArray(left)) return Array.isArray(right) && itemsEqual(left, right)
  if (left instanceof Tuple) return right instanceof Tuple && itemsEqual(left.items, right.items)
  if (left instanceof Map) return right instanceof Map && dictsEqual(left, right)
  return objectsEqual(left, right)
}

/** Dates and the like are equal when nothing orders them. */
function objectsEqual(left: Value, right: Value): boolean {
  if (left instanceof TemplateObject) return right instanceof TemplateObject && left.order !== undefined && left.order === right.order
  return left instanceof Uint8Array && right instanceof Uint8Array && Buffer.compare(left, right) === 0
}

function itemsEqual(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((item, index) => valuesEqual(item, right[index] ?? null))
}

function dictsEqual(left: Dict, right: Dict): boolean {
  if (left.size !== right.size) return false
  for (const [key, value] of left) {
    const other = dictGet(right, key)
    if (other === undefined || !valuesEqual(value, other)) return false
  }
  return true
}

/** The key object of the dict that equals the given one; strings and plain absences need no search. */
function canonicalKey(dict: Dict, key: Value): Value {
  if (typeof key === 'string' || key === null) return key
  const plain = plainKey(key)
  if (dict.has(plain)) return plain
  for (const own of dict.keys()) if (typeof own !== 'string' && valuesEqual(own, key)) return own
  return plain
}

function plainKey(key: Value): Value {
  return key instanceof Float && Number.isSafeInteger(key.value) ? key.value : key
}
