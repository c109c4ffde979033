import { OMIT } from '../../value/omit.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'

/** Collects what a template puts out: a single piece keeps its type, several become text. None counts only where there is nothing else. */
export class Sink {
  #count = 0
  #first: Value = ''
  #text = ''
  #hasNone = false
  /** Set by `extends`: what the child puts out outside its blocks is dropped. */
  muted = false

  push(value: Value): void {
    if (this.muted) return
    if (value === null) this.#hasNone = true
    else if (this.#count++ === 0) this.#first = asItIsNow(value)
    else {
      if (this.#count === 2) this.#text = printed(this.#first)
      this.#text += printed(value)
    }
  }

  result(): Value {
    if (this.#count === 0) return this.#hasNone ? null : ''
    return this.#count === 1 ? this.#first : this.#text
  }

  text(): string {
    return this.#count === 1 ? printed(this.#first) : this.#text
  }
}

/** None and omit print nothing beside other text, and omitted items are left out; tuples print as the lists they become outside templates. */
export function printed(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null || value === OMIT) return ''
  return textOf(typeof value === 'object' ? withoutTuples(value) : value)
}

/** What the template changes after it was put out does not count. */
function asItIsNow(value: Value): Value {
  if (Array.isArray(value)) return [...value]
  return value instanceof Map && value.constructor === Map ? new Map(value) : value
}

function withoutTuples(value: Value): Value {
  if (value instanceof Tuple) return withoutOmitted(value.items)
  if (Array.isArray(value)) return withoutOmitted(value)
  if (value instanceof Map && value.constructor === Map) return new Map([...value].filter(([, item]) => item !== OMIT).map(([key, item]) => [key, withoutTuples(item)]))
  return value
}

function withoutOmitted(items: readonly Value[]): Value[] {
  return items.filter((item) => item !== OMIT).map(withoutTuples)
}
