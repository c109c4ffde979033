import type { Expression } from './ast.ts'
import { TemplateSyntaxError } from './syntax-error.ts'
import { type Token, type TokenType, describeToken } from './token.ts'

/** Parses an expression; `conditional` allows `a if b else c`. Handed along so that the parser's files need not import each other in a circle. */
export type ExpressionGrammar = (stream: TokenStream, conditional: boolean) => Expression

/** Tokens with a cursor, and the questions a recursive-descent parser asks. */
export class TokenStream {
  readonly #tokens: readonly Token[]
  readonly #grammar: ExpressionGrammar
  /** Whether `{{ }}` may stand in expressions: in conditions only. */
  readonly embeds: boolean
  #index = 0

  constructor(tokens: readonly Token[], grammar: ExpressionGrammar, embeds = false) {
    this.#tokens = tokens
    this.#grammar = grammar
    this.embeds = embeds
  }

  /** Parses an expression at the cursor. */
  expression(conditional = true): Expression {
    return this.#grammar(this, conditional)
  }

  get current(): Token {
    return this.#peek(0)
  }

  /** Returns the current token and moves on. */
  next(): Token {
    const token = this.current
    if (token.type !== 'end') this.#index++
    return token
  }

  is(type: TokenType): boolean {
    return this.current.type === type
  }

  isOperator(text: string): boolean {
    const { current } = this
    return current.type === 'operator' && current.text === text
  }

  isName(text: string): boolean {
    return isNamed(this.current, text)
  }

  /** Whether the token after the current one is this name. */
  nextIsName(text: string): boolean {
    return isNamed(this.#peek(1), text)
  }

  nextIsOperator(text: string): boolean {
    const token = this.#peek(1)
    return token.type === 'operator' && token.text === text
  }

  /** Whether a template starts at the cursor. */
  get isEmbedding(): boolean {
    return this.embeds && this.isOperator('{') && this.nextIsOperator('{') && this.#peek(1).start === this.current.end
  }

  skipOperator(text: string): boolean {
    if (!this.isOperator(text)) return false
    this.#index++
    return true
  }

  skipName(text: string): boolean {
    if (!this.isName(text)) return false
    this.#index++
    return true
  }

  expectOperator(text: string): Token {
    if (!this.isOperator(text)) throw this.unexpected(`'${text}'`)
    return this.next()
  }

  expectName(text?: string): Token {
    const fits = text === undefined ? this.is('name') : this.isName(text)
    if (!fits) throw this.unexpected(text === undefined ? 'a name' : `'${text}'`)
    return this.next()
  }

  expect(type: 'variable-end' | 'block-end'): Token {
    if (!this.is(type)) throw this.unexpected('the end of the tag')
    return this.next()
  }

  unexpected(wanted: string): TemplateSyntaxError {
    return this.error(`Cannot read ${describeToken(this.current)} here: ${wanted} was expected`)
  }

  error(message: string, token: Token = this.current, hint?: string): TemplateSyntaxError {
    return new TemplateSyntaxError(message, { start: token.start, end: Math.max(token.end, token.start + 1) }, hint)
  }

  #peek(distance: number): Token {
    const token = this.#tokens[this.#index + distance] ?? this.#tokens.at(-1)
    if (token === undefined) throw new TypeError('A token stream ends with an end token')
    return token
  }
}

function isNamed(token: Token, text: string): boolean {
  return token.type === 'name' && token.text === text
}
