import { EvaluationError } from '../evaluation-error.ts'
import { escapeLiteral, otherCases } from './literal.ts'

export interface ClassContext {
  readonly ascii: boolean
  readonly foldLocally: boolean
  readonly ignoreCase: boolean
}

/** Translates `[...]` at the start of the text; tells how much of the text it took. */
export function translateClass(text: string, context: ClassContext): { readonly source: string, readonly length: number } {
  const negated = text.startsWith('[^')
  let position = negated ? 2 : 1
  let source = negated ? '[^' : '['
  for (let first = true; first || text.charAt(position) !== ']'; first = false) {
    if (position >= text.length) throw new EvaluationError('filter-argument', `Cannot use '${text}' as a regular expression: ']' is missing`)
    const member = readMember(text, position, context)
    position += member.length
    source += member.source
  }
  return { source: `${source}]`, length: position + 1 }
}

interface Member {
  readonly source: string
  readonly length: number
  /** The character, if it is one: only such can start or end a range. */
  readonly character?: string
}

function readMember(text: string, position: number, context: ClassContext): Member {
  const start = readAtom(text, position, context)
  const after = position + start.length
  const isRange = start.character !== undefined && text.charAt(after) === '-' && text.charAt(after + 1) !== ']' && after + 1 < text.length
  if (!isRange) return start.character === undefined ? start : { source: folded(start.character, context), length: start.length }
  const end = readAtom(text, after + 1, context)
  if (end.character === undefined || start.character === undefined) return { source: `${start.source}\\-${end.source}`, length: start.length + 1 + end.length }
  return { source: range(start.character, end.character, context), length: start.length + 1 + end.length }
}

function folded(character: string, { foldLocally }: ClassContext): string {
  return ((foldLocally ? otherCases(character) : undefined) ?? [character]).map(escapeLiteral).join('')
}

function range(start: string, end: string, { foldLocally }: ClassContext): string {
  const plain = `${escapeLiteral(start)}-${escapeLiteral(end)}`
  if (!foldLocally) return plain
  const lower = /^[A-Z]$/.test(start) && /^[A-Z]$/.test(end) ? `${start.toLowerCase()}-${end.toLowerCase()}` : ''
  const upper = /^[a-z]$/.test(start) && /^[a-z]$/.test(end) ? `${start.toUpperCase()}-${end.toUpperCase()}` : ''
  return plain + lower + upper
}

function readAtom(text: string, position: number, context: ClassContext): Member {
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0)
  if (character !== '\\') return { source: escapeLiteral(character), length: character.length, character }
  const rest = text.slice(position)
  const numeric = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3}))/.exec(rest)
  if (numeric !== null) return codePoint(numeric)
  const letter = String.fromCodePoint(rest.codePointAt(1) ?? 0)
  const set = context.ascii ? ASCII_SETS.get(letter) ?? SETS.get(letter) : SETS.get(letter)
  if (set !== undefined) return { source: set, length: 2 }
  const escaped = CHARACTERS.get(letter) ?? letter
  return { source: escapeLiteral(escaped), length: 1 + letter.length, character: escaped }
}

function codePoint([whole, two, four, eight, octal]: RegExpExecArray): Member {
  const character = String.fromCodePoint(octal === undefined ? parseInt(two ?? four ?? eight ?? '0', 16) : parseInt(octal, 8))
  return { source: escapeLiteral(character), length: whole.length, character }
}

const SETS: ReadonlyMap<string, string> = new Map([
  ['d', '\\p{Nd}'], ['D', '\\P{Nd}'], ['w', '\\p{L}\\p{N}_'], ['W', '[^\\p{L}\\p{N}_]'], ['s', '\\s\\x1c-\\x1f\\x85'], ['S', '[^\\s\\x1c-\\x1f\\x85]'],
])

const ASCII_SETS: ReadonlyMap<string, string> = new Map([['d', '0-9'], ['D', '[^0-9]'], ['w', 'A-Za-z0-9_'], ['W', '[^A-Za-z0-9_]']])

const CHARACTERS: ReadonlyMap<string, string> = new Map([['n', '\n'], ['t', '\t'], ['r', '\r'], ['f', '\f'], ['v', '\v'], ['a', '\x07'], ['b', '\b']])
