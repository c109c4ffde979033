import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, required, strictText } from '../arguments.ts'
import { itemsOf } from '../iterate.ts'
import { formatBraces } from '../runtime/format-braces.ts'
import { pad } from '../runtime/format-number.ts'
import type { Method } from './method.ts'
import { isAlpha, isCased, isDecimal, isSpace, splitLines, strip, titleCase } from './text-operations.ts'

const NONE = new Map<string, Value>()

/** Python's `str` methods. */
export const TEXT_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['upper', (text) => textOf(text).toUpperCase()],
  ['lower', (text) => textOf(text).toLowerCase()],
  ['casefold', (text) => textOf(text).toLowerCase().replaceAll('ß', 'ss')],
  ['capitalize', (text) => capitalize(textOf(text))],
  ['title', (text) => titleCase(textOf(text))],
  ['swapcase', (text) => [...textOf(text)].map((c) => c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()).join('')],
  ['strip', (text, args) => strip(textOf(text), charactersOf(args), 'both')],
  ['lstrip', (text, args) => strip(textOf(text), charactersOf(args), 'start')],
  ['rstrip', (text, args) => strip(textOf(text), charactersOf(args), 'end')],
  ['split', (text, args, named) => split(textOf(text), bind(['sep', 'maxsplit'], args, named), false)],
  ['rsplit', (text, args, named) => split(textOf(text), bind(['sep', 'maxsplit'], args, named), true)],
  ['splitlines', (text, args, named) => splitLines(textOf(text), flagArgument(bind(['keepends'], args, named).keepends, false))],
  ['partition', (text, args) => partition(textOf(text), strictText(args[0], 'sep'), false)],
  ['rpartition', (text, args) => partition(textOf(text), strictText(args[0], 'sep'), true)],
  ['replace', (text, args, named) => replaceText(textOf(text), bind(['old', 'new', 'count'], args, named))],
  ['join', (text, args) => joinItems(textOf(text), required(args[0], 'iterable'))],
  ['startswith', (text, args) => affixes(args).some((affix) => sectionOf(textOf(text), args).startsWith(affix))],
  ['endswith', (text, args) => affixes(args).some((affix) => sectionOf(textOf(text), args).endsWith(affix))],
  ['removeprefix', (text, args) => withoutPrefix(textOf(text), strictText(args[0], 'prefix'))],
  ['removesuffix', (text, args) => withoutSuffix(textOf(text), strictText(args[0], 'suffix'))],
  ['find', (text, args) => findIn(textOf(text), args, 'first')],
  ['rfind', (text, args) => findIn(textOf(text), args, 'last')],
  ['index', (text, args) => foundIn(findIn(textOf(text), args, 'first'))],
  ['rindex', (text, args) => foundIn(findIn(textOf(text), args, 'last'))],
  ['count', (text, args) => countIn(sectionOf(textOf(text), args), strictText(args[0], 'sub'))],
  ['center', (text, args) => centered(textOf(text), numberArgument(args[0], 0), fillOf(args))],
  ['ljust', (text, args) => pad(textOf(text), { width: numberArgument(args[0], 0), align: '<', fill: fillOf(args) })],
  ['rjust', (text, args) => pad(textOf(text), { width: numberArgument(args[0], 0), align: '>', fill: fillOf(args) })],
  ['zfill', (text, args) => pad(textOf(text), { width: numberArgument(args[0], 0), align: '=', fill: '0' })],
  ['expandtabs', (text, args, named) => expandTabs(textOf(text), numberArgument(bind(['tabsize'], args, named).tabsize, 8))],
  ['format', (text, args, named) => formatBraces(textOf(text), args, named)],
  ['format_map', (text, args) => formatBraces(textOf(text), [], namesOf(required(args[0], 'mapping')))],
  ['encode', (text) => new Uint8Array(Buffer.from(textOf(text), 'utf8'))],
  ['isdigit', (text) => isDecimal(textOf(text))],
  ['isdecimal', (text) => isDecimal(textOf(text))],
  ['isnumeric', (text) => /^\p{N}+$/u.test(textOf(text))],
  ['isalpha', (text) => isAlpha(textOf(text))],
  ['isalnum', (text) => /^[\p{L}\p{N}]+$/u.test(textOf(text))],
  ['isspace', (text) => isSpace(textOf(text))],
  ['isascii', (text) => /^[\0-\x7f]*$/.test(textOf(text))],
  ['isupper', (text) => isCased(textOf(text)) && textOf(text) === textOf(text).toUpperCase()],
  ['islower', (text) => isCased(textOf(text)) && textOf(text) === textOf(text).toLowerCase()],
  ['istitle', (text) => isCased(textOf(text)) && textOf(text) === titleCase(textOf(text))],
  ['isidentifier', (text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(textOf(text))],
  ['isprintable', (text) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(textOf(text))],
  ['translate', (text, args) => translate(textOf(text), required(args[0], 'table'))],
])

function capitalize(text: string): string {
  const [first = '', ...rest] = text
  return first.toUpperCase() + rest.join('').toLowerCase()
}

function charactersOf(args: readonly Value[]): string | undefined {
  const [characters] = args
  return characters === undefined || characters === null ? undefined : strictText(characters, 'chars')
}

function fillOf(args: readonly Value[]): string {
  return args[1] === undefined ? ' ' : strictText(args[1], 'fillchar')
}

function split(text: string, { sep, maxsplit }: { readonly sep: Value | undefined, readonly maxsplit: Value | undefined }, fromEnd: boolean): string[] {
  const limit = numberArgument(maxsplit, -1)
  if (sep === undefined || sep === null) return splitSpace(text, limit, fromEnd)
  const separator = strictText(sep, 'sep')
  if (separator === '') throw new ValueTypeError('Cannot split by empty text')
  const parts = text.split(separator)
  if (limit < 0 || parts.length <= limit + 1) return parts
  if (fromEnd) return [parts.slice(0, parts.length - limit).join(separator), ...parts.slice(parts.length - limit)]
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)]
}

function splitSpace(text: string, limit: number, fromEnd: boolean): string[] {
  const words = text.trim().split(/\s+/).filter((word) => word !== '')
  if (limit < 0 || words.length <= limit + 1) return words
  const pattern = fromEnd ? new RegExp(`^(.*?)((?:\\s+\\S+){${limit}})\\s*$`, 's') : new RegExp(`^\\s*((?:\\S+\\s+){${limit}})(.*)$`, 's')
  const [, before = '', after = ''] = pattern.exec(text) ?? []
  return fromEnd ? [before.trimEnd(), ...splitSpace(after, -1, false)] : [...splitSpace(before, -1, false), after]
}

function countIn(text: string, part: string): number {
  return part === '' ? [...text].length + 1 : text.split(part).length - 1
}

function partition(text: string, separator: string, fromEnd: boolean): Tuple {
  if (separator === '') throw new ValueTypeError('Cannot split by an empty separator')
  const at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator)
  if (at >= 0) return new Tuple([text.slice(0, at), separator, text.slice(at + separator.length)])
  return new Tuple(fromEnd ? ['', '', text] : [text, '', ''])
}

function replaceText(text: string, bound: { readonly old: Value | undefined, readonly new: Value | undefined, readonly count: Value | undefined }): string {
  const [before, after] = [strictText(bound.old, 'old'), strictText(bound.new, 'new')]
  const parts = before === '' ? ['', ...text, ''] : text.split(before)
  let left = numberArgument(bound.count, -1)
  if (left < 0) return parts.join(after)
  return parts.reduce((done, part) => done + (left-- > 0 ? after : before) + part)
}

function joinItems(separator: string, items: Value): string {
  return itemsOf(items).map((item, index) => {
    if (typeof item === 'string') return item
    throw new ValueTypeError(`Cannot join: item ${index} is of type '${typeName(item)}', not text`)
  }).join(separator)
}

function affixes(args: readonly Value[]): string[] {
  const affix = required(args[0], 'prefix')
  return affix instanceof Tuple ? affix.items.map((item) => strictText(item, 'prefix')) : [strictText(affix, 'prefix')]
}

/** The part of the text between the optional second and third argument. */
function sectionOf(text: string, args: readonly Value[]): string {
  return args.length < 2 ? text : text.slice(numberArgument(args[1], 0), numberArgument(args[2], text.length))
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

function findIn(text: string, args: readonly Value[], which: 'first' | 'last'): number {
  const section = sectionOf(text, args)
  const wanted = strictText(args[0], 'sub')
  const at = which === 'first' ? section.indexOf(wanted) : section.lastIndexOf(wanted)
  const start = numberArgument(args[1], 0)
  return at < 0 ? -1 : at + (start < 0 ? Math.max(0, text.length + start) : start)
}

function foundIn(index: number): number {
  if (index < 0) throw new ValueTypeError('Cannot find the part of text')
  return index
}

/** Python puts the odd space on the left when the width is odd. */
function centered(text: string, width: number, fill: string): string {
  const missing = width - text.length
  if (missing <= 0) return text
  const left = Math.floor(missing / 2) + (missing & width & 1)
  return fill.repeat(left) + text + fill.repeat(missing - left)
}

function expandTabs(text: string, size: number): string {
  let column = 0
  return [...text].map((character) => {
    if (character === '\n' || character === '\r') column = 0
    else if (character !== '\t') column++
    if (character !== '\t') return character
    const width = size > 0 ? size - column % size : 0
    column += width
    return ' '.repeat(width)
  }).join('')
}

function namesOf(mapping: Value): ReadonlyMap<string, Value> {
  if (!(mapping instanceof Map)) return NONE
  return new Map([...mapping].map(([key, value]) => [textOf(key), value]))
}

function translate(text: string, table: Value): string {
  if (!(table instanceof Map)) throw new ValueTypeError('Cannot translate without a dict of code points')
  return [...text].map((character) => {
    const mapped = table.get(character.codePointAt(0) ?? 0)
    if (mapped === undefined) return character
    return mapped === null ? '' : typeof mapped === 'number' ? String.fromCodePoint(mapped) : textOf(mapped)
  }).join('')
}
