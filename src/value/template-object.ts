import type { Value } from './value.ts'

/** A thing with named members that is no dict: `loop`, a namespace, an imported template, a date. */
export class TemplateObject {
  /** What is printed for it. */
  readonly description: string
  readonly members: Map<Value, Value>

  constructor(description: string, members: Iterable<readonly [Value, Value]> = []) {
    this.description = description
    this.members = new Map(members)
  }

  /** The name of its class in Python. */
  get type(): string {
    return this.description
  }

  /** A number that orders things of this class, if they can be ordered. */
  get order(): number | undefined {
    return undefined
  }

  /** What it is in JSON, or undefined where it cannot be written. */
  get asData(): string | undefined {
    return undefined
  }

  get(key: Value): Value | undefined {
    return this.members.get(key)
  }

  set(key: Value, value: Value): void {
    this.members.set(key, value)
  }

  /** The result of an operator with this on its left, or undefined where there is none. */
  operate(_operator: string, _other: Value): Value | undefined {
    return undefined
  }
}
