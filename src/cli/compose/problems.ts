import type { Config } from '../../config/config.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { createPaint } from '../../diagnostics/paint.ts'
import { renderDiagnostics, renderPlainDiagnostic } from '../../diagnostics/render.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { openLog } from '../../report/ansible/log-file.ts'
import { isForPeople, wantsColour } from '../../report/create-output.ts'

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
  if (diagnostics.length > 0) showProblems(diagnostics, config)
}

/** Prints what is wrong on standard error, and into the log file if there is one. */
export function showProblems(diagnostics: readonly Diagnostic[], config: Config): void {
  const paint = createPaint(wantsColour(process.stderr, config))
  process.stderr.write(`${isForPeople(process.stderr, config) ? renderDiagnostics(diagnostics, paint) : renderDiagnostics(diagnostics, paint, renderPlainDiagnostic)}\n`)
  const log = openLog(config)
  for (const diagnostic of diagnostics) log(renderPlainDiagnostic(diagnostic, createPaint(false)), diagnostic.severity === 'error' ? 'ERROR' : 'WARNING')
}
