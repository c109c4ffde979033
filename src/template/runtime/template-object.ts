import type { Value } from '../../value/value.ts'

/** A thing with named members but none of a dict's methods: `loop`, a namespace, an imported template. */
export class TemplateObject extends Map<Value, Value> {
  readonly description: string

  constructor(description: string, members?: Iterable<readonly [Value, Value]>) {
    super(members)
    this.description = description
  }
}
