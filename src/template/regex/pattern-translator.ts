import { EvaluationError } from '../evaluation-error.ts'
import { type ClassContext, translateClass } from './class-translator.ts'
import { escapeLiteral, otherCases } from './literal.ts'

export interface TranslatedPattern {
  readonly source: string
  readonly ignoreCase: boolean
}

/** Flags in force at a place of the pattern. */
interface Flags {
  readonly multiLine: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
  readonly ascii: boolean
  /** Case is ignored for a group only: JavaScript has no way to say so, so letters are spelled out in both cases. */
  readonly foldLocally: boolean
}

const WORD = '\\p{L}\\p{N}_'

/**
 * Rewrites a pattern of Python's `re` for JavaScript's `v` mode. The two differ in the names of groups, anchors, what `.`, `\w`
 * and `$` mean, verbose mode, inline flags and which escapes there are.
 */
export class PatternTranslator {
  readonly #pattern: string
  #position = 0
  #output = ''
  #ignoreCase: boolean
  #flags: Flags
  readonly #groups: Flags[] = []

  constructor(pattern: string, { ignoreCase, multiLine }: { readonly ignoreCase: boolean, readonly multiLine: boolean }) {
    this.#pattern = pattern
    this.#ignoreCase = ignoreCase
    this.#flags = { multiLine, dotAll: false, verbose: false, ascii: false, foldLocally: false }
  }

  translate(): TranslatedPattern {
    while (this.#position < this.#pattern.length) this.#piece()
    return { source: this.#output, ignoreCase: this.#ignoreCase }
  }

  #piece(): void {
    const character = String.fromCodePoint(this.#pattern.codePointAt(this.#position) ?? 0)
    const handle = HANDLERS.get(character)
    if (this.#flags.verbose && /[\s#]/.test(character)) this.#skipVerbose(character)
    else if (handle !== undefined) handle(this)
    else this.literal(this.#take(character.length))
  }

  /** Space and comments in verbose mode. */
  #skipVerbose(character: string): void {
    if (character !== '#') this.#position++
    else this.#take(/^[^\n]*/.exec(this.rest)?.[0].length ?? 1)
  }

  get rest(): string {
    return this.#pattern.slice(this.#position)
  }

  emit(output: string, length: number): void {
    this.#output += output
    this.#position += length
  }

  literal(text: string): void {
    const folded = this.#flags.foldLocally ? otherCases(text) : undefined
    this.#output += folded === undefined ? escapeLiteral(text) : `[${folded.map(escapeLiteral).join('')}]`
  }

  #take(length: number): string {
    const text = this.#pattern.slice(this.#position, this.#position + length)
    this.#position += length
    return text
  }

  dot(): void {
    this.emit(this.#flags.dotAll ? '[\\s\\S]' : '[^\\n]', 1)
  }

  start(): void {
    this.emit(this.#flags.multiLine ? '(?<![^\\n])' : '(?<![\\s\\S])', 1)
  }

  /** Also before a line end that ends the text. */
  end(): void {
    this.emit(this.#flags.multiLine ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))', 1)
  }

  brace(): void {
    const quantifier = /^\{(\d*)(,?)(\d*)\}/.exec(this.rest)
    if (quantifier === null || quantifier[1] === '' && quantifier[3] === '') {
      this.emit('\\{', 1)
      return
    }
    const [whole, low = '', comma = '', high = ''] = quantifier
    this.emit(`{${low === '' ? '0' : low}${comma}${high}}`, whole.length)
  }

  characterClass(): void {
    const context: ClassContext = { ascii: this.#flags.ascii, foldLocally: this.#flags.foldLocally, ignoreCase: this.#ignoreCase }
    const { source, length } = translateClass(this.rest, context)
    this.emit(source, length)
  }

  escape(): void {
    const { rest } = this
    const numeric = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(0[0-7]{0,2}|[1-3][0-7]{2}))/.exec(rest)
    const letter = rest.charAt(1)
    if (numeric !== null) this.#codePoint(numeric)
    else if (/\d/.test(letter)) this.#backReference(/^\\(\d{1,2})/.exec(rest)?.[1] ?? letter)
    else if (/[a-zA-Z]/.test(letter)) this.#letterEscape(letter)
    else if (letter === '') throw this.error('it ends in a backslash')
    else {
      this.#position++
      this.literal(this.#take(letter.length))
    }
  }

  #codePoint([whole, two, four, eight, octal]: RegExpExecArray): void {
    const code = octal === undefined ? parseInt(two ?? four ?? eight ?? '0', 16) : parseInt(octal, 8)
    this.#position += whole.length
    this.literal(String.fromCodePoint(code))
  }

  #backReference(number: string): void {
    // The empty group keeps a digit that follows from joining the number.
    this.emit(`\\${number}(?:)`, number.length + 1)
  }

  #letterEscape(letter: string): void {
    const output = this.#flags.ascii ? ASCII_ESCAPES.get(letter) ?? ESCAPES.get(letter) : ESCAPES.get(letter)
    if (output === undefined) throw this.error(`there is no escape '\\${letter}'`)
    this.emit(output, 2)
  }

  open(): void {
    const { rest } = this
    const flags = /^\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(rest)
    if (flags !== null && (flags[1] !== '' || flags[2] !== undefined)) this.#inlineFlags(flags)
    else if (rest.startsWith('(?#')) this.#position += rest.indexOf(')') + 1
    else if (rest.startsWith('(?P=')) this.#namedReference()
    else if (rest.startsWith('(?P<')) this.#group('(?<', 4)
    else this.#plainGroup()
  }

  close(): void {
    this.#flags = this.#groups.pop() ?? this.#flags
    this.emit(')', 1)
  }

  error(why: string): EvaluationError {
    return new EvaluationError('filter-argument', `Cannot use '${this.#pattern}' as a regular expression: ${why}`)
  }

  #plainGroup(): void {
    const [start = '(', , known] = /^\((\?([:=!]|<[=!])?)?/.exec(this.rest) ?? []
    if (start.length > 1 && known === undefined) throw this.error(`'${this.rest.slice(0, 3)}' is not known here`)
    this.#group(start, undefined)
  }

  #group(output: string, length: number | undefined): void {
    this.#groups.push(this.#flags)
    this.emit(output, length ?? output.length)
    // The name of a group holds nothing to translate.
    if (output === '(?<') this.emit(/^[^>]*>/.exec(this.rest)?.[0] ?? '', /^[^>]*>/.exec(this.rest)?.[0].length ?? 0)
  }

  #namedReference(): void {
    const [whole = '', name = ''] = /^\(\?P=([^)]*)\)/.exec(this.rest) ?? []
    if (whole === '') throw this.error('the name of a group is not closed')
    this.emit(`\\k<${name}>`, whole.length)
  }

  /** `(?i)` at the start holds for all, `(?i:...)` for its group. */
  #inlineFlags([whole, on = '', off = '', end]: RegExpExecArray): void {
    const local = end === ':'
    if (local) this.#groups.push(this.#flags)
    if (on.includes('i') && !local) this.#ignoreCase = true
    const state = (letter: string, before: boolean) => off.includes(letter) ? false : before || on.includes(letter)
    this.#flags = {
      multiLine: state('m', this.#flags.multiLine),
      dotAll: state('s', this.#flags.dotAll),
      verbose: state('x', this.#flags.verbose),
      ascii: state('a', this.#flags.ascii),
      foldLocally: local ? state('i', this.#flags.foldLocally) : this.#flags.foldLocally,
    }
    this.emit(local ? '(?:' : '', whole.length)
  }
}

type Handler = (translator: PatternTranslator) => void

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['.', (translator) => { translator.dot() }],
  ['^', (translator) => { translator.start() }],
  ['$', (translator) => { translator.end() }],
  ['[', (translator) => { translator.characterClass() }],
  ['\\', (translator) => { translator.escape() }],
  ['(', (translator) => { translator.open() }],
  [')', (translator) => { translator.close() }],
  ['{', (translator) => { translator.brace() }],
  ['}', (translator) => { translator.emit('\\}', 1) }],
  [']', (translator) => { translator.emit('\\]', 1) }],
  ...['*', '+', '?', '|'].map((operator): [string, Handler] => [operator, (translator) => { translator.emit(operator, 1) }]),
])

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['d', '\\p{Nd}'], ['D', '\\P{Nd}'], ['w', `[${WORD}]`], ['W', `[^${WORD}]`], ['s', '[\\s\\x1c-\\x1f\\x85]'], ['S', '[^\\s\\x1c-\\x1f\\x85]'],
  ['b', `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`],
  ['B', `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`],
  ['A', '(?<![\\s\\S])'], ['Z', '(?![\\s\\S])'],
  ['n', '\\n'], ['t', '\\t'], ['r', '\\r'], ['f', '\\f'], ['v', '\\v'], ['a', '\\x07'],
])

const ASCII_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['d', '[0-9]'], ['D', '[^0-9]'], ['w', '[A-Za-z0-9_]'], ['W', '[^A-Za-z0-9_]'], ['b', '\\b'], ['B', '\\B'],
])
