import type { Paint } from '../../diagnostics/paint.ts'
import { levelText } from './level-text.ts'
import { lineOf, shownValue, type VariableView } from './variable-view.ts'

export interface PrintOptions {
  readonly paint: Paint
  readonly width: number
  /** What is looked at: the host, the play, the task. */
  readonly title: string
}

/** All variables, one a line: name, value, where it is written, how many others it overrides. */
export function tableText(views: readonly VariableView[], { paint, width, title }: PrintOptions): string {
  const names = columnWidth(views.map(({ name }) => name), 28)
  const places = columnWidth(views.map(placeText), 44)
  const values = Math.max(20, Math.min(48, width - names - places - 4))
  const lines = views.map((view) => {
    const value = cut(valueText(view), values)
    const shown = view.problem === undefined ? value : paint.red(value)
    return `${paint.cyan(view.name.padEnd(names))}  ${shown}${' '.repeat(Math.max(0, values - value.length))}  ${paint.dim(placeText(view))}${overText(view, paint)}`
  })
  const overridden = views.filter(({ origins }) => origins.length > 1).length
  const count = `${views.length} variables, ${overridden} of them set in several places`
  return [`${paint.bold(title)}${paint.dim(` · ${count}`)}`, '', ...lines].join('\n')
}

function valueText({ value, problem }: VariableView): string {
  return value === undefined ? `✗ ${problem ?? ''}` : shownValue(value)
}

function placeText({ origins }: VariableView): string {
  const [first] = origins
  if (first === undefined) return ''
  return first.range === undefined ? levelText(first) : lineOf(first.range)
}

function overText({ origins, isMerged }: VariableView, paint: Paint): string {
  if (origins.length < 2) return ''
  return paint.yellow(isMerged ? `  merged from ${origins.length}` : `  over ${origins.length - 1}`)
}

function columnWidth(texts: readonly string[], most: number): number {
  return Math.min(most, Math.max(0, ...texts.map((text) => text.length)))
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}
