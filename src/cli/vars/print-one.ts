import { positionAt } from '../../diagnostics/position.ts'
import type { Paint } from '../../diagnostics/paint.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Origin } from '../../variables/host-variables.ts'
import { levelText } from './level-text.ts'
import type { PrintOptions } from './print-table.ts'
import { lineOf, plain, shownValue, type VariableView } from './variable-view.ts'

/** One variable: what it comes to, then everything that sets it, the one that counts first, with the line that does. */
export function oneText(view: VariableView, { paint, title }: PrintOptions): string {
  const [winner, ...others] = view.origins
  return [
    `${paint.bold(title)} · ${paint.cyan(view.name)}`, '',
    ...valueLines(view, paint).map((line) => `  ${line}`), '',
    ...winner === undefined ? [] : originLines(winner, { mark: paint.green('●'), paint, told: view.isMerged ? 'in force, merged with what follows' : 'in force' }),
    ...others.flatMap((origin) => originLines(origin, { mark: paint.dim('○'), paint, told: isMergedIn(view, origin) ? 'merged in' : 'overridden' })),
  ].join('\n')
}

function isMergedIn({ isMerged }: VariableView, { value }: Origin): boolean {
  return isMerged && value instanceof Map
}

function valueLines({ value, problem }: VariableView, paint: Paint): string[] {
  if (value === undefined) return [paint.red(`✗ cannot be worked out: ${problem ?? ''}`)]
  if (value instanceof Map || Array.isArray(value)) return (JSON.stringify(plain(value), undefined, 2) ?? '').split('\n')
  return shownValue(value).split('\n')
}

interface OriginStyle {
  readonly mark: string
  readonly paint: Paint
  /** What becomes of the value. */
  readonly told: string
}

function originLines(origin: Origin, { mark, paint, told }: OriginStyle): string[] {
  const place = origin.range === undefined ? '' : `  ${paint.blue(lineOf(origin.range))}`
  return [`  ${mark} ${levelText(origin)}${place}  ${paint.dim(told)}`, `      ${sourceText(origin)}`, '']
}

/** The line that says it, as it is written; the value where no file says it. */
function sourceText({ range, value }: Origin): string {
  if (range === undefined || range.file.secret === true || range.file.path.startsWith('<')) return value instanceof TemplateString ? value.source : oneLine(shownValue(value))
  const { line } = positionAt(range.file, range.start)
  return oneLine((range.file.text.split('\n')[line - 1] ?? '').trim())
}

function oneLine(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
