import type { Undefined } from './undefined.ts'

/** An operation that the types of its operands do not allow, in the author's terms: "Cannot add 'str' and 'int'". */
export class ValueTypeError extends Error {
  readonly kind = 'value-type'

  constructor(message: string) {
    super(message)
    this.name = 'ValueTypeError'
  }
}

/** Something undefined was used. */
export class UndefinedUseError extends Error {
  readonly kind = 'undefined-use'
  readonly missing: Undefined

  constructor(missing: Undefined) {
    super(missing.reason ?? `'${missing.name}' is undefined`)
    this.name = 'UndefinedUseError'
    this.missing = missing
  }
}
