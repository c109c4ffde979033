import type { Paint } from '../../diagnostics/paint.ts'
import { renderDiagnostic } from '../../diagnostics/render.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'

/** Findings as people read them, and how many there are of each rule. */
export function textReport(findings: readonly Diagnostic[], { paint, files }: { readonly paint: Paint, readonly files: number }): string {
  if (findings.length === 0) return `${paint.green('Nothing to complain about')} in ${files} ${files === 1 ? 'file' : 'files'}\n`
  const counts = new Map<string, number>()
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1)
  const width = Math.max(...[...counts.keys()].map((code) => code.length))
  const table = [...counts].sort((a, b) => b[1] - a[1]).map(([code, count]) => `  ${code.padEnd(width)}  ${count}`)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return [
    ...findings.map((finding) => `${renderDiagnostic(finding, paint)}\n`),
    ...table, '', `${errors} to mend, ${findings.length - errors} to think about, in ${files} files. tsplay explain CODE tells more`, '',
  ].join('\n')
}
