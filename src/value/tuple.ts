import type { Value } from './value.ts'

/** A Python tuple: immutable, prints with parentheses, equals no list. */
export class Tuple {
  readonly items: readonly Value[]

  constructor(items: readonly Value[]) {
    this.items = items
  }
}
