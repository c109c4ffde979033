import type { Dialect } from './dialect.ts'
import { decodeString } from './string-literal.ts'
import { TemplateSyntaxError } from './syntax-error.ts'

const START = '#jinja2:'

export interface Headed {
  readonly dialect: Dialect
  /** The template without its header line. */
  readonly body: string
  /** Where the body starts in the whole text. */
  readonly offset: number
}

/** Reads a `#jinja2: trim_blocks: False` line, which overrides the dialect. */
export function readHeader(text: string, dialect: Dialect): Headed {
  if (!text.startsWith(START)) return { dialect, body: text, offset: 0 }
  const lineEnd = text.indexOf('\n')
  const place = { start: 0, end: lineEnd < 0 ? text.length : lineEnd }
  if (lineEnd < 0) throw new TemplateSyntaxError("Cannot read the '#jinja2:' line: a line end must follow", place)
  const overrides = text.slice(START.length, lineEnd).split(',').map((pair) => readOverride(pair, place))
  return { dialect: { ...dialect, ...Object.fromEntries(overrides) }, body: text.slice(lineEnd + 1), offset: lineEnd + 1 }
}

type Place = ConstructorParameters<typeof TemplateSyntaxError>[1]

const OVERRIDES: ReadonlyMap<string, { readonly field: keyof Dialect, readonly type: 'string' | 'boolean' }> = new Map([
  ['block_start_string', { field: 'blockStart', type: 'string' }],
  ['block_end_string', { field: 'blockEnd', type: 'string' }],
  ['variable_start_string', { field: 'variableStart', type: 'string' }],
  ['variable_end_string', { field: 'variableEnd', type: 'string' }],
  ['comment_start_string', { field: 'commentStart', type: 'string' }],
  ['comment_end_string', { field: 'commentEnd', type: 'string' }],
  ['line_statement_prefix', { field: 'lineStatementPrefix', type: 'string' }],
  ['line_comment_prefix', { field: 'lineCommentPrefix', type: 'string' }],
  ['trim_blocks', { field: 'trimBlocks', type: 'boolean' }],
  ['lstrip_blocks', { field: 'lstripBlocks', type: 'boolean' }],
  ['newline_sequence', { field: 'newlineSequence', type: 'string' }],
  ['keep_trailing_newline', { field: 'keepTrailingNewline', type: 'boolean' }],
] as const)

function readOverride(pair: string, place: Place): [string, string | boolean] {
  const colon = pair.indexOf(':')
  if (colon < 0) throw new TemplateSyntaxError(`failed to parse jinja2 override "${pair.trim()}": 'name: value' was expected`, place)
  const name = pair.slice(0, colon).trim()
  const known = OVERRIDES.get(name)
  if (known === undefined) throw new TemplateSyntaxError(`Cannot read the '#jinja2:' line: there is no setting '${name}'`, place)
  const value = literal(pair.slice(colon + 1).trim())
  if (value === undefined || typeof value !== known.type) throw new TemplateSyntaxError(`Cannot read the '#jinja2:' line: '${name}' needs a ${known.type}`, place)
  return [known.field, value]
}

function literal(text: string): string | boolean | undefined {
  if (text === 'True' || text === 'False') return text === 'True'
  const quoted = /^(['"])(.*)\1$/.exec(text)
  return quoted === null ? undefined : decodeString(quoted[2] ?? '')
}
