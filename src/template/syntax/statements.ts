import type { Branch, ImportedName, Parameter, Statement } from './ast.ts'
import { parseFilter } from './postfix-parser.ts'
import { parseTuple } from './primary-parser.ts'
import { parseTarget, parseTargetName } from './target-parser.ts'
import type { TokenStream } from './token-stream.ts'

/** What the parser of one tag works with. The tag's name has been read. */
export interface StatementContext {
  readonly stream: TokenStream
  readonly at: number
  /** Reads the tag's body up to one of the end tags, which is then the current token. */
  body(...ends: string[]): Statement[]
}

/** One entry a tag. */
export const STATEMENTS: ReadonlyMap<string, (context: StatementContext) => Statement> = new Map(Object.entries({
  for: parseFor,
  if: parseIf,
  set: parseSet,
  with: parseWith,
  macro: parseMacro,
  call: parseCallBlock,
  filter: parseFilterBlock,
  block: parseBlock,
  extends: ({ stream, at }: StatementContext): Statement => ({ kind: 'extends', at, template: stream.expression() }),
  include: parseInclude,
  import: parseImport,
  from: parseFromImport,
  do: ({ stream, at }: StatementContext): Statement => ({ kind: 'do', at, expression: parseTuple(stream) }),
  break: ({ at }: StatementContext): Statement => ({ kind: 'break', at }),
  continue: ({ at }: StatementContext): Statement => ({ kind: 'continue', at }),
  autoescape: parseAutoescape,
}))

function parseFor({ stream, at, body }: StatementContext): Statement {
  const target = parseTarget(stream)
  stream.expectName('in')
  const items = parseTuple(stream, { conditional: false, endName: 'recursive' })
  const filter = stream.skipName('if') ? stream.expression() : undefined
  const recursive = stream.skipName('recursive')
  const main = body('endfor', 'else')
  const otherwise = stream.next().text === 'else' ? lastBody({ stream, at, body }, 'endfor') : []
  return { kind: 'for', at, target, items, filter, recursive, body: main, otherwise }
}

function parseIf({ stream, at, body }: StatementContext): Statement {
  const branches: Branch[] = []
  for (;;) {
    const test = parseTuple(stream, { conditional: false })
    branches.push({ test, body: body('elif', 'else', 'endif') })
    const end = stream.next().text
    if (end === 'elif') continue
    const otherwise = end === 'else' ? lastBody({ stream, at, body }, 'endif') : []
    return { kind: 'if', at, branches, otherwise }
  }
}

function parseSet(context: StatementContext): Statement {
  const { stream, at } = context
  const target = parseTarget(stream, true)
  if (stream.skipOperator('=')) return { kind: 'set', at, target, value: parseTuple(stream) }
  let filter
  while (stream.skipOperator('|')) filter = parseFilter(stream, filter)
  return { kind: 'set-block', at, target, filter, body: lastBody(context, 'endset') }
}

function parseWith(context: StatementContext): Statement {
  const { stream, at } = context
  const targets = []
  const values = []
  while (!stream.is('block-end')) {
    if (targets.length > 0) stream.expectOperator(',')
    targets.push(parseTarget(stream))
    stream.expectOperator('=')
    values.push(stream.expression())
  }
  return { kind: 'with', at, targets, values, body: lastBody(context, 'endwith') }
}

function parseMacro(context: StatementContext): Statement {
  const { stream, at } = context
  const name = parseTargetName(stream)
  const parameters = parseSignature(stream)
  return { kind: 'macro', at, name, parameters, body: lastBody(context, 'endmacro') }
}

function parseCallBlock(context: StatementContext): Statement {
  const { stream, at } = context
  const parameters = stream.isOperator('(') ? parseSignature(stream) : []
  const call = stream.expression()
  if (call.kind !== 'call') throw stream.error('Cannot read this tag: a call was expected, as in {% call name() %}')
  return { kind: 'call-block', at, call, parameters, body: lastBody(context, 'endcall') }
}

function parseSignature(stream: TokenStream): Parameter[] {
  stream.expectOperator('(')
  const parameters: Parameter[] = []
  while (!stream.isOperator(')')) {
    if (parameters.length > 0) stream.expectOperator(',')
    const name = parseTargetName(stream)
    const fallback = stream.skipOperator('=') ? stream.expression() : undefined
    if (fallback === undefined && parameters.at(-1)?.default !== undefined) throw stream.error('Cannot have a parameter without a default after one with a default')
    parameters.push({ name, default: fallback })
  }
  stream.expectOperator(')')
  return parameters
}

function parseFilterBlock(context: StatementContext): Statement {
  const { stream, at } = context
  let filter = parseFilter(stream, undefined)
  while (stream.skipOperator('|')) filter = parseFilter(stream, filter)
  return { kind: 'filter-block', at, filter, body: lastBody(context, 'endfilter') }
}

function parseBlock(context: StatementContext): Statement {
  const { stream, at } = context
  const name = stream.expectName().text
  const scoped = stream.skipName('scoped')
  const required = stream.skipName('required')
  if (stream.isOperator('-')) throw stream.error('Cannot use a hyphen in the name of a block: use an underscore')
  const body = lastBody(context, 'endblock')
  stream.skipName(name)
  return { kind: 'block', at, name, scoped, required, body }
}

function parseInclude({ stream, at }: StatementContext): Statement {
  const template = stream.expression()
  const ignoreMissing = stream.isName('ignore') && stream.nextIsName('missing')
  if (ignoreMissing) {
    stream.next()
    stream.next()
  }
  return { kind: 'include', at, template, ignoreMissing, withContext: parseContext(stream) ?? true }
}

function parseImport({ stream, at }: StatementContext): Statement {
  const template = stream.expression()
  stream.expectName('as')
  const alias = parseTargetName(stream)
  return { kind: 'import', at, template, alias, withContext: parseContext(stream) ?? false }
}

function parseFromImport({ stream, at }: StatementContext): Statement {
  const template = stream.expression()
  stream.expectName('import')
  const names: ImportedName[] = []
  let withContext = parseContext(stream)
  while (withContext === undefined) {
    names.push(parseImportedName(stream))
    withContext = parseContext(stream)
    if (!stream.skipOperator(',')) break
    withContext = parseContext(stream)
  }
  return { kind: 'from-import', at, template, names, withContext: withContext ?? false }
}

function parseImportedName(stream: TokenStream): ImportedName {
  const token = stream.current
  const name = parseTargetName(stream)
  if (name.startsWith('_')) throw stream.error('Cannot import a name that starts with an underscore', token)
  return { name, alias: stream.skipName('as') ? parseTargetName(stream) : name }
}

/** `with context` or `without context`. */
function parseContext(stream: TokenStream): boolean | undefined {
  const given = stream.isName('with') || stream.isName('without')
  if (!given || !stream.nextIsName('context')) return undefined
  const withContext = stream.next().text === 'with'
  stream.next()
  return withContext
}

/** Escaping is not this engine's business; the tag is a scope and nothing more. */
function parseAutoescape(context: StatementContext): Statement {
  context.stream.expression()
  return { kind: 'scope', at: context.at, body: lastBody(context, 'endautoescape') }
}

function lastBody({ stream, body }: StatementContext, end: string): Statement[] {
  const statements = body(end)
  stream.next()
  return statements
}
