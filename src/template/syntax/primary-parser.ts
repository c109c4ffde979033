import { Float } from '../../value/float.ts'
import type { Value } from '../../value/value.ts'
import type { Expression } from './ast.ts'
import type { Token } from './token.ts'
import { describeToken } from './token.ts'
import type { TokenStream } from './token-stream.ts'

/** A name, a literal, or something in brackets. */
export function parsePrimary(stream: TokenStream): Expression {
  const token = stream.current
  if (token.type === 'name') return parseName(stream.next())
  if (token.type === 'string') return parseStrings(stream)
  if (token.type === 'integer' || token.type === 'float') return { kind: 'constant', at: stream.next().start, value: numberLiteral(token) }
  if (stream.skipOperator('(')) return parseParentheses(stream, token.start)
  if (stream.skipOperator('[')) return { kind: 'list', at: token.start, items: parseItems(stream, ']') }
  if (stream.isEmbedding) return parseEmbedded(stream, token.start)
  if (stream.skipOperator('{')) return parseDict(stream, token.start)
  throw stream.error(`Cannot read ${describeToken(token)} here: an expression was expected`)
}

/** One expression, or several with commas between them, which make a tuple. */
export function parseTuple(stream: TokenStream, options: TupleOptions = {}): Expression {
  const at = stream.current.start
  const items: Expression[] = []
  let isTuple = false
  while (!isTupleEnd(stream, options.endName)) {
    items.push(stream.expression(options.conditional ?? true))
    if (!stream.skipOperator(',')) break
    isTuple = true
  }
  const [first] = items
  if (isTuple || options.allowEmpty === true && first === undefined) return { kind: 'tuple', at, items }
  if (first === undefined) throw stream.unexpected('an expression')
  return first
}

export interface TupleOptions {
  readonly conditional?: boolean
  /** A name that ends the tuple, such as `recursive` after `for x in`. */
  readonly endName?: string
  readonly allowEmpty?: boolean
}

function isTupleEnd(stream: TokenStream, endName: string | undefined): boolean {
  if (stream.is('variable-end') || stream.is('block-end') || stream.isOperator(')')) return true
  return endName !== undefined && stream.isName(endName)
}

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true], ['True', true], ['false', false], ['False', false], ['none', null], ['None', null],
])

function parseName(token: Token): Expression {
  const value = CONSTANTS.get(token.text)
  if (value !== undefined) return { kind: 'constant', at: token.start, value }
  return { kind: 'name', at: token.start, name: token.text }
}

/** Adjacent strings are one, as in Python. */
function parseStrings(stream: TokenStream): Expression {
  const { start } = stream.current
  let value = ''
  while (stream.is('string')) value += stream.next().text
  return { kind: 'constant', at: start, value }
}

function numberLiteral({ type, text }: Token): Value {
  const digits = text.replaceAll('_', '')
  if (type === 'float') return new Float(Number(digits))
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : BigInt(digits)
}

function parseParentheses(stream: TokenStream, at: number): Expression {
  const inner = parseTuple(stream, { allowEmpty: true })
  stream.expectOperator(')')
  return inner.kind === 'tuple' ? { ...inner, at } : inner
}

function parseItems(stream: TokenStream, end: string): Expression[] {
  const items: Expression[] = []
  while (!stream.isOperator(end)) {
    items.push(stream.expression())
    if (!stream.skipOperator(',')) break
  }
  stream.expectOperator(end)
  return items
}

function parseEmbedded(stream: TokenStream, at: number): Expression {
  stream.next()
  stream.next()
  const operand = stream.expression()
  stream.expectOperator('}')
  stream.expectOperator('}')
  return { kind: 'embedded', at, operand }
}

function parseDict(stream: TokenStream, at: number): Expression {
  const pairs: [Expression, Expression][] = []
  while (!stream.isOperator('}')) {
    const key = stream.expression()
    stream.expectOperator(':')
    pairs.push([key, stream.expression()])
    if (!stream.skipOperator(',')) break
  }
  stream.expectOperator('}')
  return { kind: 'dict', at, pairs }
}
