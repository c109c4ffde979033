import { OMIT } from '../../value/omit.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'

/** Collects what a template puts out: a single piece keeps its type, several become text. */
export class Sink {
  #count = 0
  #first: Value = ''
  #text = ''
  /** Set by `extends`: what the child puts out outside its blocks is dropped. */
  muted = false

  push(value: Value): void {
    if (this.muted) return
    if (this.#count++ === 0) this.#first = value
    else {
      if (this.#count === 2) this.#text = printed(this.#first)
      this.#text += printed(value)
    }
  }

  result(): Value {
    if (this.#count === 0) return ''
    return this.#count === 1 ? this.#first : this.#text
  }

  text(): string {
    return this.#count === 1 ? printed(this.#first) : this.#text
  }
}

/** None and omit print nothing beside other text; tuples print as the lists they become outside templates. */
export function printed(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null || value === OMIT) return ''
  return textOf(typeof value === 'object' ? withoutTuples(value) : value)
}

function withoutTuples(value: Value): Value {
  if (value instanceof Tuple) return value.items.map(withoutTuples)
  if (Array.isArray(value)) return value.map(withoutTuples)
  if (value instanceof Map && value.constructor === Map) return new Map([...value].map(([key, item]) => [key, withoutTuples(item)]))
  return value
}
