import type { Dialect } from './dialect.ts'
import type { Rules, Syntax } from './lexer-rules.ts'
import { decodeString } from './string-literal.ts'
import { TemplateSyntaxError } from './syntax-error.ts'
import type { Token, TokenType } from './token.ts'

/** Cuts a template into tokens. Comments, raw markers and stripped whitespace leave no token. */
export function tokenizeTemplate(source: string, syntax: Syntax): Token[] {
  return new Lexer(source, syntax).template()
}

/** Cuts a bare expression into tokens. */
export function tokenizeExpression(source: string, syntax: Syntax): Token[] {
  return new Lexer(source, syntax).expression()
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

class Lexer {
  readonly #source: string
  readonly #dialect: Dialect
  readonly #rules: Rules
  readonly #tokens: Token[] = []
  readonly #end: number
  #position = 0
  #open: string[] = []
  #inVariable = false
  #lineStarting = true

  constructor(source: string, { dialect, rules }: Syntax) {
    this.#source = source
    this.#dialect = dialect
    this.#rules = rules
    this.#end = dialect.keepTrailingNewline ? source.length : withoutTrailingNewline(source)
  }

  template(): Token[] {
    while (this.#position < this.#end) this.#root()
    return this.#finish()
  }

  expression(): Token[] {
    while (this.#position < this.#end) this.#piece()
    this.#requireClosed()
    return this.#finish()
  }

  #finish(): Token[] {
    this.#push('end', '', this.#end)
    return this.#tokens
  }

  /** Text up to the next tag, and then the tag. */
  #root(): void {
    const match = this.#find(this.#rules.tagStart)
    if (match === null || match.index >= this.#end) {
      this.#data(this.#source.slice(this.#position, this.#end))
      this.#position = this.#end
      return
    }
    const { raw, block, comment, variable, line, lineComment } = match.groups ?? {}
    const sign = [raw, block, comment, variable, line, lineComment].find((part) => part !== undefined) ?? ''
    this.#data(this.#strippedBefore(match.index, sign, variable !== undefined))
    this.#advance(match)
    this.#enter(match)
  }

  #enter(match: RegExpExecArray): void {
    const start = match.index
    const { raw, comment, variable, line, lineComment } = match.groups ?? {}
    if (raw !== undefined) this.#raw(start)
    else if (comment !== undefined) this.#comment(start)
    else if (lineComment !== undefined) this.#skip(this.#rules.lineCommentEnd)
    else if (variable !== undefined) this.#tag('variable', start)
    else this.#tag(line === undefined ? 'block' : 'line', start)
  }

  #strippedBefore(end: number, sign: string, isVariable: boolean): string {
    const text = this.#source.slice(this.#position, end)
    if (sign === '-') return text.trimEnd()
    if (sign === '+' || isVariable || !this.#dialect.lstripBlocks) return text
    const lineStart = text.lastIndexOf('\n') + 1
    const indented = lineStart > 0 || this.#lineStarting
    return indented && text.slice(lineStart).trim() === '' ? text.slice(0, lineStart) : text
  }

  #data(text: string): void {
    if (text === '') return
    const normalized = text.includes('\r') || this.#dialect.newlineSequence !== '\n'
      ? text.replace(/\r\n|\r|\n/g, this.#dialect.newlineSequence)
      : text
    this.#push('data', normalized, this.#position)
  }

  #raw(start: number): void {
    const match = this.#find(this.#rules.rawEnd)
    if (match === null) throw this.#error("Cannot find '{% endraw %}' for '{% raw %}'", start)
    const sign = match.groups?.['sign'] ?? ''
    this.#data(this.#strippedBefore(match.index, sign, false))
    this.#advance(match)
  }

  #comment(start: number): void {
    const match = this.#find(this.#rules.commentEnd)
    if (match === null) throw this.#error(`Cannot find '${this.#dialect.commentEnd}' that ends the comment`, start)
    this.#advance(match)
  }

  #tag(kind: 'variable' | 'block' | 'line', start: number): void {
    const rule = { variable: this.#rules.variableEnd, block: this.#rules.blockEnd, line: this.#rules.lineEnd }[kind]
    const [begin, end] = kind === 'variable' ? ['variable-begin', 'variable-end'] as const : ['block-begin', 'block-end'] as const
    this.#push(begin, this.#source.slice(start, this.#position), start)
    this.#open = []
    this.#inVariable = kind === 'variable'
    for (;;) {
      const match = this.#open.length === 0 ? this.#find(rule) : null
      if (match !== null) {
        this.#push(end, match[0], match.index)
        this.#advance(match)
        return
      }
      if (this.#position >= this.#end) throw this.#unclosed(kind, start)
      this.#piece()
    }
  }

  #unclosed(kind: 'variable' | 'block' | 'line', start: number): TemplateSyntaxError {
    const open = this.#open.at(-1)
    if (open !== undefined) return this.#error(`Cannot find '${open}' that closes a bracket`, start)
    return this.#error(`Cannot find '${kind === 'variable' ? this.#dialect.variableEnd : this.#dialect.blockEnd}' that ends the tag`, start)
  }

  /** One token inside a tag. */
  #piece(): void {
    this.#skip(this.#rules.space)
    if (this.#position >= this.#end) return
    const match = this.#find(this.#rules.piece)
    if (match === null) throw this.#unreadable(this.#source.charAt(this.#position))
    const { float, integer, name, string, operator } = match.groups ?? {}
    if (name !== undefined) this.#push('name', name, match.index)
    else if (operator !== undefined) this.#operator(operator)
    else if (string !== undefined) this.#push('string', this.#string(string), match.index)
    else this.#push(float === undefined ? 'integer' : 'float', float ?? integer ?? '', match.index)
    this.#position = match.index + match[0].length
    // `{{ a -}}`: the minus belongs to the end of the tag; an operator never swallows it, as the end is tried first.
    this.#skip(this.#rules.innerSpace)
  }

  #unreadable(character: string): TemplateSyntaxError {
    if (character === "'" || character === '"') return this.#error(`Cannot find the ${character} that ends the string`, this.#position)
    return this.#error(`Cannot read the character '${character}'`, this.#position)
  }

  #operator(operator: string): void {
    const closing = CLOSING[operator]
    if (closing !== undefined) this.#open.push(closing)
    if (operator === ')' || operator === ']' || operator === '}') this.#close(operator)
    this.#push('operator', operator, this.#position)
  }

  #close(operator: string): void {
    const expected = this.#open.pop()
    if (expected === operator) return
    const wanted = expected === undefined ? 'nothing is open' : `'${expected}' was expected`
    throw this.#error(`Cannot use '${operator}' here: ${wanted}`, this.#position)
  }

  #string(quoted: string): string {
    const body = quoted.slice(1, -1)
    if (this.#dialect.literalBackslashes && this.#inVariable) return body
    const decoded = decodeString(body)
    if (decoded === undefined) throw this.#error(`Cannot read the escape in the string ${quoted}`, this.#position)
    return decoded
  }

  #requireClosed(): void {
    const expected = this.#open.at(-1)
    if (expected !== undefined) throw this.#error(`Cannot find '${expected}' that closes a bracket`, this.#end - 1)
  }

  /** Sticky rules match here, global ones from here on. */
  #find(rule: RegExp): RegExpExecArray | null {
    rule.lastIndex = this.#position
    return rule.exec(this.#source)
  }

  #skip(rule: RegExp): void {
    const match = this.#find(rule)
    if (match !== null) this.#position = match.index + match[0].length
  }

  #advance(match: RegExpExecArray): void {
    this.#position = match.index + match[0].length
    this.#lineStarting = match[0].endsWith('\n')
  }

  #push(type: TokenType, text: string, start: number): void {
    this.#tokens.push({ type, text, start, end: start + text.length })
  }

  #error(message: string, start: number): TemplateSyntaxError {
    return new TemplateSyntaxError(message, { start, end: Math.min(start + 2, this.#source.length) })
  }
}

function withoutTrailingNewline(source: string): number {
  if (source.endsWith('\r\n')) return source.length - 2
  return source.endsWith('\n') || source.endsWith('\r') ? source.length - 1 : source.length
}
