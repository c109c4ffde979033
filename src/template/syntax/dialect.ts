/** Delimiters and whitespace rules of one template. */
export interface Dialect {
  readonly blockStart: string
  readonly blockEnd: string
  readonly variableStart: string
  readonly variableEnd: string
  readonly commentStart: string
  readonly commentEnd: string
  readonly lineStatementPrefix: string | undefined
  readonly lineCommentPrefix: string | undefined
  readonly trimBlocks: boolean
  readonly lstripBlocks: boolean
  readonly newlineSequence: string
  readonly keepTrailingNewline: boolean
  /** In strings of playbooks a backslash in `{{ }}` is just a backslash: YAML has processed the escapes already. */
  readonly literalBackslashes: boolean
  /** Strings of conditions may hold templates, with quotes of their own. */
  readonly embeds: boolean
}

export const DEFAULT_DIALECT: Dialect = {
  blockStart: '{%',
  blockEnd: '%}',
  variableStart: '{{',
  variableEnd: '}}',
  commentStart: '{#',
  commentEnd: '#}',
  lineStatementPrefix: undefined,
  lineCommentPrefix: undefined,
  trimBlocks: true,
  lstripBlocks: false,
  newlineSequence: '\n',
  keepTrailingNewline: false,
  literalBackslashes: false,
  embeds: false,
}
