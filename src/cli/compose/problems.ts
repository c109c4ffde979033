import type { Config } from '../../config/config.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { createPaint } from '../../diagnostics/paint.ts'
import { ansibleWarnings, renderDiagnostics } from '../../diagnostics/render.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { wantsColour } from '../../report/create-output.ts'

/** Everything wrong, each mistake once: that a keyword cannot be used is known where its value is told to be wrong. */
export function withoutEchoes(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Set(problems.filter(({ code }) => code !== 'bad-keyword').map(placeOf))
  return problems.filter((problem) => problem.code !== 'bad-keyword' || !places.has(placeOf(problem)))
}

function placeOf({ range }: Diagnostic): string {
  return range === undefined ? '' : `${range.file.path}:${range.start}`
}

/** Throws when one is an error; warnings go along, so that everything is seen at once. */
export function failOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics)
}

/** Prints warnings on standard error. */
export function showWarnings(diagnostics: readonly Diagnostic[], config: Config): void {
  if (diagnostics.length === 0) return
  process.stderr.write(`${renderDiagnostics(diagnostics, createPaint(wantsColour(process.stderr, config)))}\n`)
  if (process.stderr.isTTY !== true) process.stderr.write(ansibleWarnings(diagnostics))
}
