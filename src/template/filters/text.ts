import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, required, strictText } from '../arguments.ts'
import { TEXT_METHODS } from '../methods/text-methods.ts'
import { splitLines, strip } from '../methods/text-operations.ts'
import { formatPercent } from '../runtime/format-percent.ts'
import type { Filter } from '../types.ts'
import { comment } from './comment.ts'
import { truncate, wordwrap } from './wrap.ts'

/** Filters of text: what is no text is printed first. */
export const TEXT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['lower', ([value = null]) => textOf(value).toLowerCase()],
  ['upper', ([value = null]) => textOf(value).toUpperCase()],
  ['capitalize', method('capitalize')],
  ['title', ([value = null]) => title(textOf(value))],
  ['trim', trim],
  ['replace', replace],
  ['indent', indent],
  ['comment', comment],
  ['quote', ([value = null]) => quote(value)],
  ['format', format],
  ['center', (args, named) => centered(bind(['value', 'width'], args, named))],
  ['wordcount', ([value = null]) => textOf(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
  ['wordwrap', wordwrap],
  ['truncate', truncate],
  ['split', (args, named) => splitText(bind(['value', 'sep', 'maxsplit'], args, named))],
]

function method(name: string): Filter {
  return (args, named) => TEXT_METHODS.get(name)?.(textOf(args[0] ?? null), args.slice(1), named) ?? null
}

/** Unlike the method, only letters after a space or a bracket become capitals. */
function title(text: string): string {
  return text.split(/([-\s({[<]+)/).map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()).join('')
}

function trim(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const { value = null, chars } = bind(['value', 'chars'], args, named)
  return strip(textOf(value), chars === undefined || chars === null ? undefined : textOf(chars), 'both')
}

function replace(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['s', 'old', 'new', 'count'], args, named)
  const [before, after] = [textOf(required(bound.old, 'old')), textOf(required(bound.new, 'new'))]
  const count = bound.count === undefined || bound.count === null ? -1 : numberArgument(bound.count, -1)
  return TEXT_METHODS.get('replace')?.(textOf(bound.s ?? null), [before, after, count], new Map()) ?? ''
}

function indent(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['s', 'width', 'first', 'blank'], args, named)
  const padding = typeof bound.width === 'string' ? bound.width : ' '.repeat(numberArgument(bound.width, 4))
  const [first, blank] = [flagArgument(bound.first, false), flagArgument(bound.blank, false)]
  const lines = splitLines(`${textOf(bound.s ?? null)}\n`, false)
  const text = lines.map((line, index) => index === 0 || line === '' && !blank ? line : padding + line).join('\n')
  return first ? padding + text : text
}

/** For a POSIX shell, as Python's shlex.quote. */
function quote(value: Value): string {
  const text = value === null ? '' : textOf(value)
  if (text === '') return "''"
  return /[^\w@%+=:,./-]/.test(text) ? `'${text.replaceAll("'", `'"'"'`)}'` : text
}

function format(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const [template = '', ...values] = args
  return formatPercent(textOf(template), named.size > 0 ? new Map<Value, Value>(named) : new Tuple(values))
}

function centered({ value, width }: { readonly value: Value | undefined, readonly width: Value | undefined }): Value {
  return TEXT_METHODS.get('center')?.(textOf(value ?? null), [numberArgument(width, 80)], new Map()) ?? ''
}

function splitText({ value, sep, maxsplit }: { readonly value: Value | undefined, readonly sep: Value | undefined, readonly maxsplit: Value | undefined }): Value {
  return TEXT_METHODS.get('split')?.(strictText(value, 'value'), [sep ?? null, maxsplit ?? -1], new Map()) ?? null
}
