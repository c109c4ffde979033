import type { Dialect } from '../shell/prelude.ts'
import type { FrameResult } from '../shell/shell.ts'

/** Runs sh source on the shell, pipelined with whatever else is sent in the same tick. */
export type Ask = (source: string) => Promise<FrameResult>

/** Where questions go and how that host's tools speak. */
export interface Reader {
  readonly ask: Ask
  readonly dialect: Dialect
}

/** Source run so that it can neither change the shell nor read its commands. */
export function guarded(source: string): string {
  return `( ${source}\n) </dev/null`
}
