import type { CallArguments, Expression } from './ast.ts'
import type { TokenStream } from './token-stream.ts'

interface Collected {
  readonly positional: Expression[]
  readonly named: [string, Expression][]
  rest: Expression | undefined
  namedRest: Expression | undefined
}

/** The arguments of a call, in their parentheses. */
export function parseCallArguments(stream: TokenStream): CallArguments {
  stream.expectOperator('(')
  const collected: Collected = { positional: [], named: [], rest: undefined, namedRest: undefined }
  while (!stream.isOperator(')')) {
    parseArgument(stream, collected)
    if (!stream.skipOperator(',')) break
  }
  stream.expectOperator(')')
  return collected
}

function parseArgument(stream: TokenStream, collected: Collected): void {
  if (collected.namedRest !== undefined) throw stream.error('Cannot give an argument after **')
  if (stream.skipOperator('**')) collected.namedRest = stream.expression()
  else if (stream.isOperator('*')) collected.rest = parseRest(stream, collected)
  else if (stream.is('name') && stream.nextIsOperator('=')) collected.named.push(parseNamed(stream))
  else collected.positional.push(parsePositional(stream, collected))
}

function parseRest(stream: TokenStream, { rest }: Collected): Expression {
  if (rest !== undefined) throw stream.error('Cannot give two * arguments')
  stream.expectOperator('*')
  return stream.expression()
}

function parseNamed(stream: TokenStream): [string, Expression] {
  const name = stream.expectName().text
  stream.expectOperator('=')
  return [name, stream.expression()]
}

function parsePositional(stream: TokenStream, { rest, named }: Collected): Expression {
  if (rest !== undefined || named.length > 0) throw stream.error('Cannot give a positional argument after a named one')
  return stream.expression()
}
