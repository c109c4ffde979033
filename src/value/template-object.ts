import type { Value } from './value.ts'

/** A thing with named members but none of a dict's methods: `loop`, a namespace, an imported template, a date. */
export class TemplateObject extends Map<Value, Value> {
  /** What is printed for it. */
  readonly description: string

  constructor(description: string, members?: Iterable<readonly [Value, Value]>) {
    super(members)
    this.description = description
  }
}
