import { positionAt } from '../../diagnostics/position.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'

/** Findings as workflow commands: GitHub shows them beside the lines of a change. */
export function githubReport(findings: readonly Diagnostic[]): string {
  return findings.map(({ severity, code, summary, hint, range }) => {
    const place = range && { file: range.file.path, line: positionAt(range.file, range.start).line, col: positionAt(range.file, range.start).column }
    const properties = Object.entries({ ...place, title: code }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')
    return `::${severity} ${properties}::${escapeData(hint === undefined ? summary : `${summary}. ${hint}`)}\n`
  }).join('')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
