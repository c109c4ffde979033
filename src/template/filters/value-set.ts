import { Float } from '../../value/float.ts'
import { valuesEqual } from '../../value/equal.ts'
import type { Value } from '../../value/value.ts'

/** Distinct values in order of appearance, by Python's equality. Plain ones are found at once, others by search. */
export class ValueSet {
  readonly items: Value[] = []
  readonly #plain = new Set<Value>()
  readonly #other: Value[] = []

  static of(values: Iterable<Value>): ValueSet {
    const set = new ValueSet()
    for (const value of values) set.add(value)
    return set
  }

  /** Whether the value was not there before. */
  add(value: Value): boolean {
    if (this.has(value)) return false
    this.items.push(value)
    const plain = plainOf(value)
    if (plain === undefined) this.#other.push(value)
    else this.#plain.add(plain)
    return true
  }

  has(value: Value): boolean {
    const plain = plainOf(value)
    return plain === undefined ? this.#other.some((other) => valuesEqual(other, value)) : this.#plain.has(plain)
  }
}

/** Equal scalars give the same plain value: 1, 1.0 and True are one. */
function plainOf(value: Value): Value | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Float) return value.value
  return typeof value === 'object' && value !== null ? undefined : value
}
