import type { Value } from './value.ts'

export interface LazyEntries {
  keys(): Iterable<Value>
  /** The evaluated value of a key: never a `TemplateString`, since it may belong to another scope. */
  get(key: Value): Value | undefined
}

/**
 * A read-only dict whose values are computed when they are asked for (`hostvars`, `vars`).
 * Templates pass it around without walking through it.
 */
export class LazyDict extends Map<Value, Value> {
  readonly #entries: LazyEntries

  constructor(entries: LazyEntries) {
    super()
    this.#entries = entries
  }

  override get(key: Value): Value | undefined {
    return this.#entries.get(key)
  }

  override has(key: Value): boolean {
    return this.#entries.get(key) !== undefined
  }

  override get size(): number {
    return [...this.#entries.keys()].length
  }

  override keys(): MapIterator<Value> {
    return new Set(this.#entries.keys()).keys()
  }

  override values(): MapIterator<Value> {
    return this.#evaluated().values()
  }

  override entries(): MapIterator<[Value, Value]> {
    return this.#evaluated().entries()
  }

  override [Symbol.iterator](): MapIterator<[Value, Value]> {
    return this.entries()
  }

  override forEach(visit: (value: Value, key: Value, map: Map<Value, Value>) => void): void {
    this.#evaluated().forEach(visit)
  }

  override set(): this {
    throw new TypeError('Cannot change a read-only dict')
  }

  override delete(): boolean {
    throw new TypeError('Cannot change a read-only dict')
  }

  override clear(): void {
    throw new TypeError('Cannot change a read-only dict')
  }

  #evaluated(): Map<Value, Value> {
    const evaluated = new Map<Value, Value>()
    for (const key of this.#entries.keys()) {
      const value = this.#entries.get(key)
      if (value !== undefined) evaluated.set(key, value)
    }
    return evaluated
  }
}
