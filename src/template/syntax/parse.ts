import type { Expression, TemplateNode } from './ast.ts'
import { parseExpression } from './expression-parser.ts'
import { tokenizeExpression, tokenizeTemplate } from './lexer.ts'
import type { Syntax } from './lexer-rules.ts'
import { parseStatements } from './statement-parser.ts'
import { TokenStream } from './token-stream.ts'

/** Parses a template; `offset` is what places in it are counted from. Throws `TemplateSyntaxError`. */
export function parseTemplate(source: string, syntax: Syntax, offset = 0): TemplateNode {
  const tokens = tokenizeTemplate(source, syntax)
  const placed = offset === 0 ? tokens : tokens.map((token) => ({ ...token, start: token.start + offset, end: token.end + offset }))
  return { body: parseStatements(new TokenStream(placed, parseExpression)) }
}

/** Parses a bare expression, such as a condition; templates in its midst (`size == {{ wanted }}`) are parts of it. Throws `TemplateSyntaxError`. */
export function parseBareExpression(source: string, syntax: Syntax): Expression {
  const stream = new TokenStream(tokenizeExpression(source, syntax), parseExpression, true)
  const expression = stream.expression()
  if (!stream.is('end')) throw stream.unexpected('the end of the expression')
  return expression
}
