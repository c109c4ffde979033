import { Float } from '../../value/float.ts'
import { numberOf } from '../../value/equal.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { integer } from '../runtime/arithmetic.ts'
import type { Method } from './method.ts'

const BITS: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  __and__: (left, right) => left & right,
  __or__: (left, right) => left | right,
  __xor__: (left, right) => left ^ right,
  __lshift__: (left, right) => left << right,
  __rshift__: (left, right) => left >> right,
}

function whole(value: Value): number | bigint {
  const number = value instanceof Float ? undefined : numberOf(value)
  if (number === undefined) throw new ValueTypeError('Cannot work with bits of what is no whole number')
  return number
}

/** Python's `float` methods that templates have a use for. */
export const FLOAT_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['is_integer', (target) => target instanceof Float && Number.isInteger(target.value)],
])

/** Python's `int` methods that templates have a use for: bits, for which Jinja has no operators. */
export const INTEGER_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['bit_length', (target) => { const size = BigInt(whole(target)); return size === 0n ? 0 : (size < 0n ? -size : size).toString(2).length }],
  ...Object.entries(BITS).map(([name, operate]): [string, Method] => [name, (target, [other = null]) => integer(operate(BigInt(whole(target)), BigInt(whole(other))))]),
])

export const BYTES_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['decode', (target) => target instanceof Uint8Array ? Buffer.from(target).toString('utf8') : target],
  ['hex', (target) => target instanceof Uint8Array ? Buffer.from(target).toString('hex') : target],
])
