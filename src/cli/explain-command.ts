import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Example, Explanation } from '../diagnostics/explain/explanation.ts'
import { EXPLANATIONS } from '../diagnostics/explain/index.ts'
import { didYouMean } from '../diagnostics/nearest.ts'
import { createPaint, type Paint } from '../diagnostics/paint.ts'
import type { Rule } from '../lint/rule.ts'
import { RULES } from '../lint/rules/index.ts'
import { wantsColour } from '../report/create-output.ts'
import { openConfig } from './compose/open-config.ts'
import { EXIT } from './exit-codes.ts'

/** `tsplay explain`: one code, or the list of all. */
export function explainCommand(code: string | undefined): number {
  const paint = createPaint(wantsColour(process.stdout, openConfig({})))
  process.stdout.write(code === undefined ? listText(paint) : textOf(code, paint))
  return EXIT.ok
}

function textOf(code: string, paint: Paint): string {
  const rule = RULES.find(({ id }) => id === code)
  if (rule !== undefined) return ruleText(rule, paint)
  const explanation = Object.hasOwn(EXPLANATIONS, code) ? EXPLANATIONS[code] : undefined
  if (explanation !== undefined) return explanationText(code, explanation, paint)
  const hint = didYouMean(code, codes()) ?? 'tsplay explain --list shows all of them'
  throw new DiagnosticError([{ code: 'unknown-code', severity: 'error', summary: `Cannot explain '${code}': there is no such code`, hint }])
}

function explanationText(code: string, { meaning, mend, example }: Explanation, paint: Paint): string {
  return [
    paint.bold(code), '', ...wrapped(meaning), '', ...wrapped(`${paint.cyan('To mend it')}: ${mend}`), '',
    ...typeof example === 'string' ? wrapped(`${paint.cyan('It comes, for instance, when')}: ${example}`) : exampleLines(example, paint), '',
  ].join('\n')
}

function exampleLines({ files, call, environment = {} }: Example, paint: Paint): readonly string[] {
  const shown = Object.entries(files).filter(([name]) => name !== 'hosts')
  const words = [...Object.entries(environment).map(([name, value]) => `${name}=${value}`), 'tsplay', ...call.filter((word) => word !== '--no-journal')]
  return [
    paint.cyan('An example that causes it'),
    ...shown.flatMap(([name, text]) => [`  ${paint.dim(`# ${name}`)}`, ...indented(text)]),
    `  ${paint.dim('$')} ${words.join(' ')}`,
  ]
}

function ruleText({ id, meaning, mend, bad, good, profile, optional, file }: Rule, paint: Paint): string {
  const where = optional ? `off unless enable_list names it` : `from profile ${profile} on`
  return [
    `${paint.bold(id)}  ${paint.dim(`a rule of tsplay lint, ${where}`)}`, '', ...wrapped(meaning), '', ...wrapped(`${paint.cyan('To mend it')}: ${mend}`), '',
    paint.cyan(`Not so${file === undefined ? '' : `, in ${file}`}`), ...indented(bad),
    ...good === '' ? [] : [paint.cyan('But so'), ...indented(good)], '',
  ].join('\n')
}

function listText(paint: Paint): string {
  const rows = [...Object.entries(EXPLANATIONS), ...RULES.map((rule) => [rule.id, rule] as const)].sort(([a], [b]) => a.localeCompare(b))
  const width = Math.max(...rows.map(([code]) => code.length))
  return rows.map(([code, { meaning }]) => `${paint.bold(code.padEnd(width))}  ${firstSentence(meaning)}\n`).join('')
}

function codes(): readonly string[] {
  return [...Object.keys(EXPLANATIONS), ...RULES.map(({ id }) => id)]
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/[.:]$/, '') ?? text
}

function indented(text: string): readonly string[] {
  return text.trimEnd().split('\n').map((line) => `  ${line}`)
}

/** Lines of at most 100 characters. */
function wrapped(text: string): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const line = lines.at(-1)
    if (line === undefined || line.length + word.length >= 100) return [...lines, word]
    return [...lines.slice(0, -1), `${line} ${word}`]
  }, [])
}
