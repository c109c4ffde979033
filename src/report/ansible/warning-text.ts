import { locationText } from '../../diagnostics/position.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'

/** A diagnostic in one line: what is wrong, where, and what may help. */
export function diagnosticText({ summary, range, hint }: Diagnostic): string {
  return `${summary}${range ? ` (${locationText(range)})` : ''}${hint === undefined ? '' : `. ${hint}`}`
}
