import type { SourceRange } from '../diagnostics/types.ts'
import type { Value } from './value.ts'

/** Variables that know where in a source file each was written. */
export class PlacedMap<Key extends Value = Value> extends Map<Key, Value> {
  readonly #places = new Map<Key, SourceRange>()

  /** Sets a value; without a place, the former place is forgotten. */
  place(key: Key, value: Value, range: SourceRange | undefined): this {
    if (range === undefined) this.#places.delete(key)
    else this.#places.set(key, range)
    return this.set(key, value)
  }

  placeOf(key: Key): SourceRange | undefined {
    return this.#places.get(key)
  }
}

/** Where a variable was written, if that is known. */
export function placeOf<Key extends Value>(variables: ReadonlyMap<Key, Value>, key: Key): SourceRange | undefined {
  return variables instanceof PlacedMap ? (variables as PlacedMap<Key>).placeOf(key) : undefined
}
