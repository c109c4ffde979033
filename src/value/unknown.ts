/**
 * In check mode, a value that only a command that was not run could tell.
 * Using it in any way makes the task's prediction `unknown` (see `UnknownValueError`).
 */
export class Unknown {
  /** What it depends on: "the output of task 'Ask the registry'". */
  readonly cause: string

  constructor(cause: string) {
    this.cause = cause
  }
}

/** Thrown when a prediction would need a value or an observation that cannot be known without changing something. */
export class UnknownValueError extends Error {
  readonly kind = 'unknown-value'
  readonly dependsOn: string

  constructor(cause: string) {
    super(`Depends on ${cause}`)
    this.name = 'UnknownValueError'
    this.dependsOn = cause
  }
}

/** For `catch`: what to take where something cannot be known; all other errors are thrown on. */
export function ifUnknown<T>(instead: (error: UnknownValueError) => T): (error: unknown) => T {
  return (error) => {
    if (error instanceof UnknownValueError) return instead(error)
    throw error
  }
}
