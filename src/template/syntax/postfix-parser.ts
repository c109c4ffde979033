import { parseCallArguments } from './argument-parser.ts'
import type { CallArguments, Expression, FilterNode } from './ast.ts'
import { parsePrimary } from './primary-parser.ts'
import type { TokenStream } from './token-stream.ts'

const NO_ARGUMENTS: CallArguments = { positional: [], named: [], rest: undefined, namedRest: undefined }

/** Attributes, items and calls after an expression. */
export function parsePostfix(stream: TokenStream, target: Expression): Expression {
  let node = target
  for (;;) {
    if (stream.isOperator('.')) node = parseAttribute(stream, node)
    else if (stream.isOperator('[')) node = parseItem(stream, node)
    else if (stream.isOperator('(')) node = parseCall(stream, node)
    else return node
  }
}

/** Filters and tests after an expression. */
export function parseFilters(stream: TokenStream, target: Expression): Expression {
  let node = target
  for (;;) {
    if (stream.skipOperator('|')) node = parseFilter(stream, node)
    else if (stream.isName('is')) node = parseTest(stream, node)
    else if (stream.isOperator('(')) node = parseCall(stream, node)
    else return node
  }
}

/** A filter's name and arguments; the `|` has been read. */
export function parseFilter(stream: TokenStream, target: Expression | undefined): FilterNode {
  const { start } = stream.current
  const name = parseDottedName(stream)
  const args = stream.isOperator('(') ? parseCallArguments(stream) : NO_ARGUMENTS
  return { kind: 'filter', at: start, target, name, arguments: args }
}

function parseAttribute(stream: TokenStream, target: Expression): Expression {
  stream.expectOperator('.')
  const { start, type, text } = stream.current
  if (type === 'integer') {
    const key = parsePrimary(stream)
    return { kind: 'item', at: start, target, key }
  }
  if (type !== 'name') throw stream.unexpected('a name or a number')
  stream.next()
  return { kind: 'attribute', at: start, target, name: text }
}

function parseItem(stream: TokenStream, target: Expression): Expression {
  const { start } = stream.expectOperator('[')
  const keys: Expression[] = []
  while (!stream.isOperator(']')) {
    keys.push(parseSubscript(stream))
    if (!stream.skipOperator(',')) break
  }
  stream.expectOperator(']')
  const [first] = keys
  const key: Expression = keys.length === 1 && first !== undefined ? first : { kind: 'tuple', at: start, items: keys }
  return { kind: 'item', at: start, target, key }
}

function parseSubscript(stream: TokenStream): Expression {
  const at = stream.current.start
  const start = stream.isOperator(':') ? undefined : stream.expression()
  if (!stream.skipOperator(':')) return start ?? stream.expression()
  const stop = parseSlicePart(stream)
  const step = stream.skipOperator(':') ? parseSlicePart(stream) : undefined
  return { kind: 'slice', at, start, stop, step }
}

function parseSlicePart(stream: TokenStream): Expression | undefined {
  const isMissing = [':', ']', ','].some((end) => stream.isOperator(end))
  return isMissing ? undefined : stream.expression()
}

function parseCall(stream: TokenStream, callee: Expression): Expression {
  const { start } = stream.current
  return { kind: 'call', at: start, callee, arguments: parseCallArguments(stream) }
}

function parseTest(stream: TokenStream, target: Expression): Expression {
  stream.expectName('is')
  const negated = stream.skipName('not')
  const at = stream.current.start
  const name = parseDottedName(stream)
  const node: Expression = { kind: 'test', at, target, name, arguments: parseTestArguments(stream) }
  return negated ? { kind: 'not', at, operand: node } : node
}

const STARTS_ARGUMENT = ['name', 'string', 'integer', 'float']

/** `is divisibleby 3` needs no parentheses for its one argument. */
function parseTestArguments(stream: TokenStream): CallArguments {
  if (stream.isOperator('(')) return parseCallArguments(stream)
  const bracket = stream.isOperator('[') || stream.isOperator('{')
  const ends = ['else', 'or', 'and'].some((name) => stream.isName(name))
  if (ends || !bracket && !STARTS_ARGUMENT.includes(stream.current.type)) return NO_ARGUMENTS
  if (stream.isName('is')) throw stream.error('Cannot chain tests with "is": use "and" between them')
  return { ...NO_ARGUMENTS, positional: [parsePostfix(stream, parsePrimary(stream))] }
}

function parseDottedName(stream: TokenStream): string {
  let name = stream.expectName().text
  while (stream.skipOperator('.')) name += `.${stream.expectName().text}`
  return name
}
