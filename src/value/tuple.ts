import type { Value } from './value.ts'

/** A Python tuple: immutable, prints with parentheses, equals no list. */
export class Tuple {
  readonly items: readonly Value[]

  constructor(items: readonly Value[]) {
    this.items = items
  }
}

/** A tuple whose items have names too: the groups of `groupby`. */
export class NamedTuple extends Tuple {
  readonly names: readonly string[]

  constructor(names: readonly string[], items: readonly Value[]) {
    super(items)
    this.names = names
  }

  named(name: Value): Value | undefined {
    return this.items[this.names.findIndex((each) => each === name)]
  }
}
