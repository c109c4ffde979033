import type { Dialect } from './dialect.ts'

/** A dialect ready for the lexer. */
export interface Syntax {
  readonly dialect: Dialect
  readonly rules: Rules
}

/** The regular expressions of one dialect; the lexer sets their position before each use. */
export interface Rules {
  readonly tagStart: RegExp
  readonly rawEnd: RegExp
  readonly commentEnd: RegExp
  readonly variableEnd: RegExp
  readonly blockEnd: RegExp
  readonly lineEnd: RegExp
  readonly lineCommentEnd: RegExp
  readonly space: RegExp
  readonly innerSpace: RegExp
  readonly piece: RegExp
}

/** Compiles a dialect's rules: do it once per dialect. */
export function createSyntax(dialect: Dialect): Syntax {
  return { dialect, rules: lexerRules(dialect) }
}

function lexerRules(dialect: Dialect): Rules {
  const [blockStart, blockEnd] = [quote(dialect.blockStart), quote(dialect.blockEnd)]
  const trim = dialect.trimBlocks ? '(?:\\r?\\n|\\r)?' : ''
  const end = `(?:\\+${blockEnd}|-${blockEnd}\\s*|${blockEnd}${trim})`
  const commentEnd = quote(dialect.commentEnd)
  const variableEnd = quote(dialect.variableEnd)
  return {
    tagStart: tagStart(dialect),
    rawEnd: new RegExp(`${blockStart}(?<sign>[-+]?)\\s*endraw\\s*${end}`, 'g'),
    commentEnd: new RegExp(`(?:\\+${commentEnd}|-${commentEnd}\\s*|${commentEnd}${trim})`, 'g'),
    variableEnd: new RegExp(`\\s*(?:-${variableEnd}\\s*|${variableEnd})`, 'y'),
    blockEnd: new RegExp(`\\s*${end}`, 'y'),
    lineEnd: /\s*(?:\n|$)/y,
    lineCommentEnd: /[^\n]*/y,
    space: /\s+/y,
    innerSpace: /[^\S\n]+/y,
    piece: pieceRule(dialect.embeds),
  }
}

/** Longer delimiters are tried first, so that `<%=` can stand beside `<%`. */
function tagStart(dialect: Dialect): RegExp {
  const { blockStart, blockEnd, commentStart, variableStart } = dialect
  const raw = `${quote(blockStart)}(?<raw>[-+]?)\\s*raw\\s*(?:-${quote(blockEnd)}\\s*|${quote(blockEnd)})`
  const tags: (readonly [string, string])[] = [
    [commentStart, `${quote(commentStart)}(?<comment>[-+]?)`],
    [blockStart, `${quote(blockStart)}(?<block>[-+]?)`],
    [variableStart, `${quote(variableStart)}(?<variable>[-+]?)`],
  ]
  tags.sort(([left], [right]) => right.length - left.length)
  return new RegExp([raw, ...tags.map(([, pattern]) => pattern), ...lineRules(dialect)].join('|'), 'gm')
}

function lineRules({ lineStatementPrefix, lineCommentPrefix }: Dialect): string[] {
  const statement = lineStatementPrefix === undefined ? [] : [`^[ \\t\\v]*${quote(lineStatementPrefix)}(?<line>[-+]?)`]
  const comment = lineCommentPrefix === undefined ? [] : [`(?:^|(?<=\\S))[^\\S\\r\\n]*${quote(lineCommentPrefix)}(?<lineComment>[-+]?)`]
  return [...comment, ...statement]
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function pieceRule(embeds: boolean): RegExp {
  const [single, double] = [quotedRule("'", embeds), quotedRule('"', embeds)]
  const digits = '\\d+(?:_\\d+)*'
  const exponent = `[eE][+-]?${digits}`
  return new RegExp([
    `(?<float>(?<!\\.)${digits}(?:(?:\\.${digits})?${exponent}|\\.${digits}))`,
    '(?<integer>0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\\da-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*)',
    '(?<name>[\\p{L}\\p{Nl}_][\\p{L}\\p{M}\\p{N}_]*)',
    `(?<string>${single}|${double})`,
    '(?<operator>\\/\\/|\\*\\*|==|!=|>=|<=|[+\\-*/%~[\\](){}<>=.:|,;])',
  ].join('|'), 'uy')
}

/** A string; a template in it ends where it ends, whatever quotes it holds. */
function quotedRule(quote: string, embeds: boolean): string {
  const plain = `[^${quote}\\\\]*(?:\\\\[\\s\\S][^${quote}\\\\]*)*`
  if (!embeds) return `${quote}${plain}${quote}`
  const template = '\\{\\{(?:[^\'"}]|\'[^\']*\'|"[^"]*"|\\}(?!\\}))*\\}\\}'
  return `${quote}(?:${template}|\\\\[\\s\\S]|[^${quote}\\\\])*${quote}`
}
