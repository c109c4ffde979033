import { positionAt } from '../../diagnostics/position.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'

/** Findings as a JSON list, one object each. */
export function jsonReport(findings: readonly Diagnostic[]): string {
  return `${JSON.stringify(findings.map(plain), null, 2)}\n`
}

function plain({ code, severity, summary, detail, hint, range }: Diagnostic): object {
  return {
    code, severity, summary, ...detail !== undefined && { detail }, ...hint !== undefined && { hint },
    ...range && { path: range.file.path, ...positionAt(range.file, range.start), end: positionAt(range.file, range.end) },
  }
}
