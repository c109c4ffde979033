import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Expression, Statement } from './ast.ts'
import { parseTuple } from './primary-parser.ts'
import { STATEMENTS, type StatementContext } from './statements.ts'
import type { TemplateSyntaxError } from './syntax-error.ts'
import type { Token } from './token.ts'
import type { TokenStream } from './token-stream.ts'

/** Parses a whole template. */
export function parseStatements(stream: TokenStream): Statement[] {
  const body = parseBody({ stream, open: [] }, [])
  if (!stream.is('end')) throw stream.unexpected('the end of the template')
  return body
}

interface OpenTag {
  readonly name: string
  readonly token: Token
}

interface State {
  readonly stream: TokenStream
  readonly open: readonly OpenTag[]
}

/** Statements up to one of the end tags, whose name is then the current token. */
function parseBody(state: State, ends: readonly string[]): Statement[] {
  const { stream } = state
  const body: Statement[] = []
  while (!stream.is('end')) {
    if (stream.is('data')) body.push(text(stream.next()))
    else if (stream.is('variable-begin')) body.push(parseOutput(stream))
    else {
      stream.next()
      if (ends.some((end) => stream.isName(end))) return body
      body.push(parseStatement(state, ends))
      stream.expect('block-end')
    }
  }
  if (ends.length > 0) throw unclosed(state, ends)
  return body
}

function text({ start, text: content }: Token): Statement {
  return { kind: 'text', at: start, text: content }
}

function parseOutput(stream: TokenStream): Statement {
  const { start } = stream.next()
  const expression: Expression = parseTuple(stream)
  stream.expect('variable-end')
  return { kind: 'output', at: start, expression }
}

function parseStatement(state: State, ends: readonly string[]): Statement {
  const { stream } = state
  const token = stream.current
  if (token.type !== 'name') throw stream.unexpected('the name of a tag')
  const parse = STATEMENTS.get(token.text)
  if (parse === undefined) throw unknownTag(state, token, ends)
  stream.next()
  const inner: State = { stream, open: [...state.open, { name: token.text, token }] }
  const context: StatementContext = { stream, at: token.start, body: (...names) => parseTagBody(inner, names) }
  return parse(context)
}

/** The body of a tag: everything after its end marker up to one of the end tags. */
function parseTagBody(state: State, ends: readonly string[]): Statement[] {
  state.stream.skipOperator(':')
  state.stream.expect('block-end')
  return parseBody(state, ends)
}

function unclosed({ open, stream }: State, ends: readonly string[]): TemplateSyntaxError {
  const tag = open.at(-1)
  if (tag === undefined) return stream.unexpected('more')
  return stream.error(`Cannot find ${listTags(ends)} that ends '${tag.name}'`, tag.token)
}

function unknownTag({ open, stream }: State, token: Token, ends: readonly string[]): TemplateSyntaxError {
  const tag = open.at(-1)
  const opener = OPENERS.get(token.text)
  if (opener !== undefined && !ends.includes(token.text) && tag?.name !== opener) return stream.error(`Cannot use '${token.text}' here: no '${opener}' is open`, token)
  const hint = didYouMean(token.text, [...STATEMENTS.keys(), ...ends])
  if (tag === undefined || !token.text.startsWith('e')) return stream.error(`Cannot find a tag named '${token.text}'`, token, hint)
  return stream.error(`Cannot use '${token.text}' here: '${tag.name}' is open and ends with ${listTags(ends)}`, token, hint)
}

/** Which tag each end belongs to. */
const OPENERS: ReadonlyMap<string, string> = new Map([['else', 'if'], ['elif', 'if'], ...[...STATEMENTS.keys()].map((name) => [`end${name}`, name] as const)])

function listTags(ends: readonly string[]): string {
  return ends.map((end) => `'${end}'`).join(' or ')
}
