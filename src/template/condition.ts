import type { SourceRange } from '../diagnostics/types.ts'
import { TemplateString } from '../value/template-string.ts'
import { textOf } from '../value/text.ts'
import { isTrue } from '../value/truth.ts'
import { typeName } from '../value/type-name.ts'
import { Undefined } from '../value/undefined.ts'
import { Unknown, UnknownValueError } from '../value/unknown.ts'
import { UndefinedUseError } from '../value/use-error.ts'
import type { Value } from '../value/value.ts'
import { isWholeTemplate } from './whole-template.ts'
import type { SourcedSetting } from './types.ts'
import { type TemplateText, placeInFile } from './source-place.ts'
import { TemplateError, type TemplateFault } from './template-error.ts'

/** What becomes of conditions that are neither true nor false. Those that are taken for what they count as are told of. */
export interface BrokenConditions {
  /** None is taken; those that count as what they read as; all. */
  readonly taken: 'none' | 'plain' | 'all'
  readonly tell: (fault: TemplateFault) => void
}

/** What `allow_broken_conditionals` says: as its default it says nothing, and what is plain is taken. */
export function takenConditions(setting: SourcedSetting | undefined): BrokenConditions['taken'] {
  if (setting?.value === true) return 'all'
  return setting === undefined || setting.origin === 'default' ? 'plain' : 'none'
}

/** The text of a condition that is to be evaluated, or what it is without: empty ones hold, where they are allowed. */
export function conditionText(expression: Value, range: SourceRange | undefined, broken: BrokenConditions): TemplateText | boolean {
  if (typeof expression === 'boolean') return expression
  const text = { source: expression instanceof TemplateString ? expression.source : expression, range: expression instanceof TemplateString ? expression.range ?? range : range }
  if (typeof text.source === 'string' && text.source.trim() !== '') return { source: text.source, range: text.range }
  const isEmpty = expression === null || typeof text.source === 'string'
  if (isEmpty) return allowed(broken, { ...EMPTY, range: text.range }, { meaning: true, isPlain: true })
  return allowed(broken, notText(expression, text.range), { meaning: isTrue(expression), isPlain: false })
}

/** ansible-core 2.19 wants True or False, not something that counts as such; content written for earlier ones has such conditions. */
export function checkedCondition(result: Value, text: TemplateText, broken: BrokenConditions): boolean {
  if (typeof result === 'boolean') return result
  if (result instanceof Undefined) throw new UndefinedUseError(result)
  if (result instanceof Unknown) throw new UnknownValueError(result.cause)
  const fault = notBoolean(result, text)
  if (typeof result !== 'string') return allowed(broken, fault, { meaning: isTrue(result), isPlain: true })
  if (!isWholeTemplate(text.source)) return allowed(broken, fault, { meaning: isTrue(result), isPlain: isPlainText(result) || IS_LOOKUP.test(text.source) })
  // What a template yields is data: words for true and false are understood, an expression in it is not.
  const word = WORDS.get(result.trim())
  if (word === undefined) throw new TemplateError(fault)
  return allowed(broken, fault, { meaning: word, isPlain: true })
}

/** Text that counts as true is not plain if it reads as false, or as a template that nobody evaluated. */
function isPlainText(text: string): boolean {
  return !isWholeTemplate(text) && (text === '' || !FALSE_WORDS.has(text.trim().toLowerCase()))
}

const FALSE_WORDS: ReadonlySet<string> = new Set(['false', 'no', 'off', 'n', 'f', '0', 'none', 'null'])

/** Whoever asks for a lookup and nothing more wants to know whether it yields anything: `lookup('env', 'CI')`. */
const IS_LOOKUP = /^\s*lookup\s*\([^()|]*\)\s*$/

const WORDS: ReadonlyMap<string, boolean> = new Map([['True', true], ['true', true], ['1', true], ['False', false], ['false', false], ['0', false], ['None', false], ['', false]])

const EMPTY: TemplateFault = { code: 'condition-syntax', summary: 'Cannot use an empty condition', hint: 'Leave the condition out where it always holds' }

interface Meaning {
  readonly meaning: boolean
  /** Whoever reads the value takes it for the same. */
  readonly isPlain: boolean
}

function allowed({ taken, tell }: BrokenConditions, fault: TemplateFault, { meaning, isPlain }: Meaning): boolean {
  if (taken === 'none' || (taken === 'plain' && !isPlain)) throw new TemplateError(fault)
  tell({ ...fault, summary: `${fault.summary.replace(/^Cannot use/, 'Used')}; it counts as ${meaning ? 'true' : 'false'}` })
  return meaning
}

function notText(expression: Value, range: SourceRange | undefined): TemplateFault {
  return {
    code: 'condition-syntax',
    summary: `Cannot use a value of type '${typeName(expression)}' as a condition: an expression is needed`,
    hint: 'Write the expression as text, without {{ }}',
    range,
  }
}

function notBoolean(result: Value, text: TemplateText): TemplateFault {
  const shown = textOf(result).replace(/\s+/g, ' ')
  return {
    code: 'condition-not-boolean',
    summary: `Cannot use '${text.source.trim()}' as a condition: its value is '${shown.length > 40 ? `${shown.slice(0, 37)}...` : shown}' of type '${typeName(result)}', not true or false`,
    hint: HINTS[typeName(result)] ?? 'Compare the value with something',
    range: placeInFile(text, text.source.length - text.source.trimStart().length),
  }
}

const HINTS: Readonly<Record<string, string>> = {
  str: "Append '| bool' for a yes/no text, or '| length > 0' to ask whether there is any text",
  int: "Compare the number, as in '> 0', or append '| bool'",
  float: "Compare the number, as in '> 0'",
  list: "Append '| length > 0' to ask whether there are items",
  dict: "Append '| length > 0' to ask whether there are entries",
  NoneType: "Append 'is not none' to ask whether there is a value",
}
