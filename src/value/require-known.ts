import { Undefined } from './undefined.ts'
import { Unknown, UnknownValueError } from './unknown.ts'
import { UndefinedUseError } from './use-error.ts'
import type { Value } from './value.ts'

/** Passes a value on unless it is undefined or, in check mode, unknown: every use of a value goes through here. */
export function requireKnown(value: Value): Value {
  if (typeof value !== 'object') return value
  if (value instanceof Undefined) throw new UndefinedUseError(value)
  if (value instanceof Unknown) throw new UnknownValueError(value.cause)
  return value
}
