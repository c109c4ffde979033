import { Undefined } from '../../value/undefined.ts'
import type { Value } from '../../value/value.ts'
import type { TemplateText } from '../source-place.ts'

export interface MissingOrigin {
  /** What the name was looked for in. */
  readonly parent?: Value | undefined
  /** Where in which template it was missed. */
  readonly place?: { readonly text: TemplateText, readonly at: number } | undefined
  /** Templates that were being evaluated for others, innermost first. */
  readonly users?: readonly TemplateText[]
}

/** An undefined value that remembers where it comes from, so that the error can tell when it is used at last. */
export class Missing extends Undefined {
  readonly origin: MissingOrigin

  constructor(name: string, reason: string | undefined, origin: MissingOrigin = {}) {
    super(name, reason)
    this.origin = origin
  }
}

/** A value, or what stands for it when there is none. Not `??`: None is a value. */
export function orElse(value: Value | undefined, absent: () => Value): Value {
  return value === undefined ? absent() : value
}

/** What an inline `if` without `else` yields when its condition is false: undefined if asked, empty text when used. */
export class AbsentElse extends Missing {}
