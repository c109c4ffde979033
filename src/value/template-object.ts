import type { Value } from './value.ts'

/** A thing with named members but none of a dict's methods: `loop`, a namespace, an imported template, a date. */
export class TemplateObject extends Map<Value, Value> {
  /** What is printed for it. */
  readonly description: string

  constructor(description: string, members?: Iterable<readonly [Value, Value]>) {
    super(members)
    this.description = description
  }

  /** A number that orders things of this class, if they can be ordered. */
  get order(): number | undefined {
    return undefined
  }

  /** The result of an operator with this on its left, or undefined where there is none. */
  operate(_operator: string, _other: Value): Value | undefined {
    return undefined
  }
}
