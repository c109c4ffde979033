import type { Value } from '../../value/value.ts'

/** A method of a type; the target arrives settled and is of that type. */
export type Method = (target: Value, args: readonly Value[], named: ReadonlyMap<string, Value>) => Value
