import type { Paint } from '../diagnostics/paint.ts'

/** Where a console reporter writes and how. */
export interface Output {
  /** Writes one or more whole lines; the newline at the end is added. */
  line(text: string): void
  readonly paint: Paint
  /** Columns of the terminal; 79 when there is none. */
  readonly width: number
  readonly verbosity: number
  readonly diff: boolean
  /** Unchanged lines around a difference. */
  readonly diffContext: number
  /** Bytes of a file that differences are shown of. */
  readonly largestDiff: number
}
