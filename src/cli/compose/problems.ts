import type { Config } from '../../config/config.ts'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { createPaint } from '../../diagnostics/paint.ts'
import { renderDiagnostics } from '../../diagnostics/render.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { wantsColour } from '../../report/create-output.ts'
import type { Loaded } from '../../yaml/loaded.ts'

/** The values of loaded things; throws all their diagnostics together when one is an error. */
export function settle<T>(loaded: readonly Loaded<T>[]): readonly T[] {
  failOnErrors(loaded.flatMap(({ diagnostics }) => diagnostics))
  return loaded.map(({ value }) => value)
}

/** Throws when one is an error; warnings go along, so that everything is seen at once. */
export function failOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics)
}

/** Prints warnings on standard error. */
export function showWarnings(diagnostics: readonly Diagnostic[], config: Config): void {
  if (diagnostics.length === 0) return
  process.stderr.write(`${renderDiagnostics(diagnostics, createPaint(wantsColour(process.stderr, config)))}\n`)
}
