import type { Paint } from './paint.ts'
import { locationText, positionAt } from './position.ts'
import type { Diagnostic, SourceRange } from './types.ts'

/** A diagnostic as people read it: what, where, the line with a caret, why, and what to do; then other places of the same. */
export function renderDiagnostic(diagnostic: Diagnostic, paint: Paint, others: readonly Diagnostic[] = []): string {
  const title = diagnostic.severity === 'error' ? paint.red(paint.bold('error')) : paint.yellow(paint.bold('warning'))
  const lines = [`${title}${paint.dim(`[${diagnostic.code}]`)}: ${paint.bold(diagnostic.summary)}`]
  if (diagnostic.range) lines.push(...excerpt(diagnostic.range, paint))
  for (const { range } of others) if (range) lines.push(` ${paint.blue('-->')} ${locationText(range)}`)
  if (diagnostic.detail) lines.push(...indent(diagnostic.detail))
  if (diagnostic.hint) lines.push(...indent(`${paint.cyan('hint')}: ${diagnostic.hint}`))
  return lines.join('\n')
}

/** All diagnostics, errors last so that they are what a terminal shows, and a count. What is wrong alike is told once, with all its places. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint): string {
  const ordered = [...diagnostics.filter(isWarning), ...diagnostics.filter((diagnostic) => !isWarning(diagnostic))]
  const errors = diagnostics.filter((diagnostic) => !isWarning(diagnostic)).length
  const count = errors > 1 ? [paint.red(`${errors} errors`)] : []
  return [...alike(ordered).map(([first, others]) => renderDiagnostic(first, paint, others)), ...count].join('\n\n')
}

/** Warnings as ansible-playbook prints them, each once, for the same scripts. */
export function ansibleWarnings(diagnostics: readonly Diagnostic[]): string {
  const warnings = diagnostics.filter(isWarning).map(({ ansible, summary }) => `[WARNING]: ${ansible ?? summary}\n`)
  return [...new Set(warnings)].join('')
}

/** Errors as ansible-playbook prints them, each once, for scripts that look through its output. */
export function ansibleErrors(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => !isWarning(diagnostic)).map(({ ansible, summary }) => `ERROR! ${ansible ?? summary}\n`)
  return [...new Set(errors)].join('')
}

/** Diagnostics that differ in their place only, together with the first of them. */
function alike(diagnostics: readonly Diagnostic[]): readonly (readonly [Diagnostic, readonly Diagnostic[]])[] {
  const groups = new Map<string, [Diagnostic, Diagnostic[]]>()
  for (const diagnostic of diagnostics) {
    const { severity, code, summary, detail, hint } = diagnostic
    const key = JSON.stringify([severity, code, summary, detail, hint])
    const group = groups.get(key)
    if (group) group[1].push(diagnostic)
    else groups.set(key, [diagnostic, []])
  }
  return [...groups.values()]
}

function isWarning(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'warning'
}

function excerpt(range: SourceRange, paint: Paint): string[] {
  if (range.file.secret === true) return [` ${paint.blue('-->')} ${locationText(range)} (encrypted, not shown)`]
  const { line, column } = positionAt(range.file, range.start)
  const sourceLines = range.file.text.split('\n')
  const text = sourceLines[line - 1] ?? ''
  const width = String(line).length
  const gutter = (label: string) => paint.blue(`${label.padStart(width)} |`)
  const caret = `${' '.repeat(displayWidth(text.slice(0, column - 1)))}${paint.red('^'.repeat(caretWidth(range, text, column)))}`
  const before = line > 1 ? [`${gutter(String(line - 1))} ${untab(sourceLines[line - 2] ?? '')}`] : []
  return [`${' '.repeat(width)}${paint.blue('-->')} ${locationText(range)}`, ...before, `${gutter(String(line))} ${untab(text)}`, `${gutter('')} ${caret}`]
}

function caretWidth(range: SourceRange, text: string, column: number): number {
  const onLine = Math.min(range.end - range.start, text.length - column + 1)
  return Math.max(1, displayWidth(text.slice(column - 1, column - 1 + onLine).trimEnd()))
}

/** East Asian wide characters take two columns of a terminal. */
function displayWidth(text: string): number {
  let width = 0
  for (const character of untab(text)) width += WIDE.test(character) ? 2 : 1
  return width
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u

function untab(text: string): string {
  return text.replaceAll('\t', '    ')
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}
