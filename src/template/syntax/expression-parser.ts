import type { BinaryOperator, Comparison, ComparisonOperator, ConditionalNode, Expression } from './ast.ts'
import { parsePrimary } from './primary-parser.ts'
import { parseFilters, parsePostfix } from './postfix-parser.ts'
import type { TokenStream } from './token-stream.ts'

/** An expression; `then if test else otherwise` only where a bare tuple would not be ambiguous. */
export function parseExpression(stream: TokenStream, conditional: boolean): Expression {
  return conditional ? parseConditional(stream) : parseOr(stream)
}

function parseConditional(stream: TokenStream): Expression {
  let node = parseOr(stream)
  while (stream.isName('if')) {
    const { start } = stream.next()
    const test = parseOr(stream)
    const otherwise = stream.skipName('else') ? parseConditional(stream) : undefined
    node = { kind: 'conditional', at: start, test, then: node, otherwise } satisfies ConditionalNode
  }
  return node
}

function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream)
  while (stream.isName('or')) {
    const { start } = stream.next()
    left = { kind: 'or', at: start, left, right: parseAnd(stream) }
  }
  return left
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream)
  while (stream.isName('and')) {
    const { start } = stream.next()
    left = { kind: 'and', at: start, left, right: parseNot(stream) }
  }
  return left
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.isName('not')) return parseCompare(stream)
  const { start } = stream.next()
  return { kind: 'not', at: start, operand: parseNot(stream) }
}

const COMPARISONS: readonly ComparisonOperator[] = ['==', '!=', '<', '<=', '>', '>=']

function parseCompare(stream: TokenStream): Expression {
  const { start } = stream.current
  const left = parseSum(stream)
  const operations: Comparison[] = []
  for (let operator = skipComparison(stream); operator !== undefined; operator = skipComparison(stream)) {
    operations.push({ operator, operand: parseSum(stream) })
  }
  return operations.length === 0 ? left : { kind: 'compare', at: start, left, operations }
}

function skipComparison(stream: TokenStream): ComparisonOperator | undefined {
  if (stream.skipName('in')) return 'in'
  if (stream.isName('not') && stream.nextIsName('in')) {
    stream.next()
    stream.next()
    return 'not in'
  }
  return COMPARISONS.find((operator) => stream.skipOperator(operator))
}

function parseSum(stream: TokenStream): Expression {
  return parseBinary(stream, ['+', '-'], parseConcat)
}

function parseConcat(stream: TokenStream): Expression {
  const { start } = stream.current
  const first = parseProduct(stream)
  if (!stream.isOperator('~')) return first
  const items = [first]
  while (stream.skipOperator('~')) items.push(parseProduct(stream))
  return { kind: 'concat', at: start, items }
}

function parseProduct(stream: TokenStream): Expression {
  return parseBinary(stream, ['*', '/', '//', '%'], parsePower)
}

/** Left-associative, unlike Python's: so it is in Jinja. */
function parsePower(stream: TokenStream): Expression {
  return parseBinary(stream, ['**'], parseUnary)
}

function parseBinary(stream: TokenStream, operators: readonly BinaryOperator[], operand: (stream: TokenStream) => Expression): Expression {
  let left = operand(stream)
  for (;;) {
    const { start } = stream.current
    const operator = operators.find((candidate) => stream.skipOperator(candidate))
    if (operator === undefined) return left
    left = { kind: 'binary', at: start, operator, left, right: operand(stream) }
  }
}

/** A sign binds tighter than a filter: `-1 | abs` filters minus one. */
function parseUnary(stream: TokenStream): Expression {
  return parseFilters(stream, parseSigned(stream))
}

function parseSigned(stream: TokenStream): Expression {
  const { start } = stream.current
  if (stream.skipOperator('-')) return parsePostfix(stream, { kind: 'negative', at: start, operand: parseSigned(stream) })
  if (stream.skipOperator('+')) return parsePostfix(stream, { kind: 'positive', at: start, operand: parseSigned(stream) })
  return parsePostfix(stream, parsePrimary(stream))
}
