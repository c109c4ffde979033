import type { Diagnostic } from '../diagnostics/types.ts'

/** What was read, with everything wrong about it: whole unless one of the diagnostics is an error. */
export interface Loaded<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}
