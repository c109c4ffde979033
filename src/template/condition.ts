import type { SourceRange } from '../diagnostics/types.ts'
import { TemplateString } from '../value/template-string.ts'
import { textOf } from '../value/text.ts'
import { typeName } from '../value/type-name.ts'
import { Undefined } from '../value/undefined.ts'
import { Unknown, UnknownValueError } from '../value/unknown.ts'
import { UndefinedUseError } from '../value/use-error.ts'
import type { Value } from '../value/value.ts'
import { type TemplateText, placeInFile } from './source-place.ts'
import { TemplateError } from './template-error.ts'

/** The expression of a condition, which must be text. */
export function conditionText(expression: Value, range: SourceRange | undefined): TemplateText {
  if (expression instanceof TemplateString) return nonEmpty({ source: expression.source, range: expression.range ?? range })
  if (typeof expression === 'string') return nonEmpty({ source: expression, range })
  throw new TemplateError({
    code: 'condition-syntax',
    summary: `Cannot use a value of type '${typeName(expression)}' as a condition: an expression is needed`,
    hint: 'Write the expression as text, without {{ }}',
    range,
  })
}

function nonEmpty(text: TemplateText): TemplateText {
  if (text.source.trim() !== '') return text
  throw new TemplateError({ code: 'condition-syntax', summary: 'Cannot use an empty condition', hint: 'Leave the condition out where it always holds', range: text.range })
}

/** ansible-core 2.19 wants True or False, not something that counts as such. */
export function checkedCondition(result: Value, text: TemplateText): boolean {
  if (typeof result === 'boolean') return result
  if (result instanceof Undefined) throw new UndefinedUseError(result)
  if (result instanceof Unknown) throw new UnknownValueError(result.cause)
  const shown = textOf(result).replace(/\s+/g, ' ')
  throw new TemplateError({
    code: 'condition-not-boolean',
    summary: `Cannot use '${text.source.trim()}' as a condition: its value is '${shown.length > 40 ? `${shown.slice(0, 37)}...` : shown}' of type '${typeName(result)}', not true or false`,
    hint: HINTS[typeName(result)] ?? 'Compare the value with something',
    range: placeInFile(text, text.source.length - text.source.trimStart().length),
  })
}

const HINTS: Readonly<Record<string, string>> = {
  str: "Append '| bool' for a yes/no text, or '| length > 0' to ask whether there is any text",
  int: "Compare the number, as in '> 0', or append '| bool'",
  float: "Compare the number, as in '> 0'",
  list: "Append '| length > 0' to ask whether there are items",
  dict: "Append '| length > 0' to ask whether there are entries",
  NoneType: "Append 'is not none' to ask whether there is a value",
}
