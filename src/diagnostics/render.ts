import type { Paint } from './paint.ts'
import { locationText, positionAt } from './position.ts'
import type { Diagnostic, SourceRange } from './types.ts'

/** A diagnostic as people read it: what, where, the line with a caret, why, and what to do; then other places of the same. */
export function renderDiagnostic(diagnostic: Diagnostic, paint: Paint, others: readonly Diagnostic[] = []): string {
  const title = diagnostic.severity === 'error' ? paint.red(paint.bold('error')) : paint.yellow(paint.bold('warning'))
  return [`${title}${paint.dim(`[${diagnostic.code}]`)}: ${paint.bold(diagnostic.summary)}`, ...reasons(diagnostic, paint, others)].join('\n')
}

/** The same for scripts and logs: the first line is what ansible-playbook would print, the code comes last. */
export function renderPlainDiagnostic(diagnostic: Diagnostic, paint: Paint, others: readonly Diagnostic[] = []): string {
  const { code, ansible, summary, detail } = diagnostic
  const title = isWarning(diagnostic) ? paint.yellow(`[WARNING]: ${ansible ?? summary}`) : paint.red(`ERROR! ${ansible ?? summary}`)
  const own = ansible === undefined ? diagnostic : { ...diagnostic, detail: detail === undefined ? summary : `${summary}\n${detail}` }
  return [title, ...reasons(own, paint, others), ...indent(paint.dim(`code: ${code}`))].join('\n')
}

/** All diagnostics, errors last so that they are what a terminal shows, and a count. What is wrong alike is told once, with all its places. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint, render = renderDiagnostic): string {
  const ordered = [...diagnostics.filter(isWarning), ...diagnostics.filter((diagnostic) => !isWarning(diagnostic))]
  const errors = diagnostics.filter((diagnostic) => !isWarning(diagnostic)).length
  const count = errors > 1 ? [paint.red(`${errors} errors`)] : []
  return [...alike(ordered).map(([first, others]) => render(first, paint, others)), ...count].join('\n\n')
}

/** Where, the line with a caret, other places of the same, why, and what to do. */
function reasons({ range, detail, hint }: Diagnostic, paint: Paint, others: readonly Diagnostic[]): readonly string[] {
  return [
    ...range ? excerpt(range, paint) : [],
    ...others.flatMap((other) => other.range ? [` ${paint.blue('-->')} ${locationText(other.range)}`] : []),
    ...detail ? indent(detail) : [],
    ...hint ? indent(`${paint.cyan('hint')}: ${hint}`) : [],
  ]
}

/** Diagnostics that differ in their place only, together with the first of them. */
function alike(diagnostics: readonly Diagnostic[]): readonly (readonly [Diagnostic, readonly Diagnostic[]])[] {
  const groups = new Map<string, [Diagnostic, Diagnostic[]]>()
  for (const diagnostic of diagnostics) {
    const { severity, code, summary, detail, hint, ansible } = diagnostic
    const key = JSON.stringify([severity, code, summary, detail, hint, ansible])
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
