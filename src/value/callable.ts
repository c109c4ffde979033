import type { Value } from './value.ts'

/** Something a template may call: a macro, a bound method, a global function. Never an arbitrary JavaScript function. */
export class Callable {
  readonly name: string
  readonly call: (args: readonly Value[], named: ReadonlyMap<string, Value>) => Value

  constructor(name: string, call: (args: readonly Value[], named: ReadonlyMap<string, Value>) => Value) {
    this.name = name
    this.call = call
  }
}
