/** A piece of a template. `text` holds the name, the operator, the decoded string or the literal number. */
export interface Token {
  readonly type: TokenType
  readonly text: string
  readonly start: number
  readonly end: number
}

export type TokenType = 'data' | 'variable-begin' | 'variable-end' | 'block-begin' | 'block-end'
  | 'name' | 'string' | 'integer' | 'float' | 'operator' | 'end'

/** How an error message names a token. */
export function describeToken(token: Token): string {
  if (token.type === 'end') return 'the end of the template'
  if (token.type === 'variable-end' || token.type === 'block-end') return `'${token.text.trim()}'`
  if (token.type === 'data') return 'text'
  return token.type === 'string' ? `the string '${token.text}'` : `'${token.text}'`
}
