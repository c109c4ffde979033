/** One thing wrong with the arguments of a task. */
export interface ArgumentProblem {
  readonly code: 'unknown-argument' | 'missing-argument' | 'invalid-argument' | 'conflicting-arguments'
  /** Where: `mode`, or `rules[2].port` inside a dict or list; empty when it concerns the task as a whole. */
  readonly argument: string
  readonly message: string
  readonly hint?: string
  /** Other arguments are missing beside this one. */
  readonly isIncomplete?: true
}

/** A value that cannot be what the argument needs; the message continues "port ...": "must be a whole number". */
export class CoercionError extends Error {
  readonly kind = 'coercion'
}
