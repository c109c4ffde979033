import { Callable } from '../../value/callable.ts'
import { valuesEqual } from '../../value/equal.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { Missing, orElse } from './missing.ts'
import { TemplateObject } from '../../value/template-object.ts'

export type Recurse = (items: Value, depth: number) => Value

/** The `loop` variable. */
export class LoopState extends TemplateObject {
  readonly #items: readonly Value[]
  readonly #depth: number
  readonly #recurse: Recurse | undefined
  #lastChanged: readonly Value[] | undefined
  index0 = 0

  constructor(items: readonly Value[], depth: number, recurse: Recurse | undefined) {
    super('LoopContext')
    this.#items = items
    this.#depth = depth
    this.#recurse = recurse
  }

  override get(key: Value): Value | undefined {
    return typeof key === 'string' ? MEMBERS.get(key)?.(this) : undefined
  }

  get items(): readonly Value[] {
    return this.#items
  }

  get depth(): number {
    return this.#depth
  }

  /** `loop(children)` in a recursive loop. */
  recurse(items: Value | undefined): Value {
    if (this.#recurse === undefined) throw new ValueTypeError("Cannot call 'loop': the loop is not marked recursive")
    if (items === undefined) throw new ValueTypeError("Cannot call 'loop' without the items to go through")
    return this.#recurse(items, this.#depth + 1)
  }

  cycle(values: readonly Value[]): Value {
    const value = values[this.index0 % values.length]
    if (value === undefined) throw new ValueTypeError('Cannot cycle through no values')
    return value
  }

  changed(values: readonly Value[]): boolean {
    const last = this.#lastChanged
    this.#lastChanged = values
    return last === undefined || last.length !== values.length || !last.every((value, index) => valuesEqual(value, values[index] ?? null))
  }
}

const MEMBERS: ReadonlyMap<string, (loop: LoopState) => Value> = new Map<string, (loop: LoopState) => Value>([
  ['index', (loop) => loop.index0 + 1],
  ['index0', (loop) => loop.index0],
  ['revindex', (loop) => loop.items.length - loop.index0],
  ['revindex0', (loop) => loop.items.length - loop.index0 - 1],
  ['first', (loop) => loop.index0 === 0],
  ['last', (loop) => loop.index0 === loop.items.length - 1],
  ['length', (loop) => loop.items.length],
  ['depth', (loop) => loop.depth],
  ['depth0', (loop) => loop.depth - 1],
  ['previtem', (loop) => orElse(loop.items[loop.index0 - 1], () => new Missing('loop.previtem', 'there is no previous item'))],
  ['nextitem', (loop) => orElse(loop.items[loop.index0 + 1], () => new Missing('loop.nextitem', 'there is no next item'))],
  ['cycle', (loop) => new Callable('loop.cycle', (args) => loop.cycle(args))],
  ['changed', (loop) => new Callable('loop.changed', (args) => loop.changed(args))],
])
