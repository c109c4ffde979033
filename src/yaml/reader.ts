import type { SourceFile, SourceRange } from '../diagnostics/types.ts'
import type { YamlNode } from './node.ts'
import { Problems } from './problems.ts'

export const TAB = 9
export const NEWLINE = 10
export const RETURN = 13
export const SPACE = 32
export const HASH = 35
export const COLON = 58
export const DASH = 45
export const QUESTION = 63

/** What ends the reading of one document; `parseYaml` turns it into a diagnostic. */
export class YamlSyntaxError extends Error {
  readonly kind = 'yaml-syntax'
  readonly start: number
  readonly hint: string | undefined

  constructor(summary: string, start: number, hint?: string) {
    super(summary)
    this.name = 'YamlSyntaxError'
    this.start = start
    this.hint = hint
  }
}

/** The text of one document and how far it is read. `end` is the offset where the document ends. */
export class Reader {
  readonly file: SourceFile
  readonly text: string
  readonly end: number
  readonly anchors = new Map<string, YamlNode>()
  readonly problems = new Problems()
  pos: number
  lineStart: number

  constructor(file: SourceFile, start: number, end: number) {
    this.file = file
    this.text = file.text
    this.pos = start
    this.end = end
    this.lineStart = file.text.lastIndexOf('\n', start - 1) + 1
  }

  get column(): number {
    return this.pos - this.lineStart
  }

  get atEnd(): boolean {
    return this.pos >= this.end
  }

  /** Code of the character `ahead` places on; NaN at the end. */
  code(ahead = 0): number {
    const at = this.pos + ahead
    return at < this.end ? this.text.charCodeAt(at) : NaN
  }

  /** Whether the character `ahead` places on is white space or the end. */
  isSpace(ahead = 0): boolean {
    const code = this.code(ahead)
    return code === SPACE || code === NEWLINE || code === TAB || code === RETURN || Number.isNaN(code)
  }

  /** Spaces and tabs inside a line. */
  skipBlanks(): void {
    let code = this.code()
    while (code === SPACE || code === TAB || code === RETURN) {
      this.pos++
      code = this.code()
    }
  }

  /** On to the next token: over blanks, comments and line ends. A tab that indents a token is an error. */
  skipToToken(): void {
    for (;;) {
      this.skipBlanks()
      if (this.code() === HASH) this.skipLine()
      if (this.code() !== NEWLINE) break
      this.pos++
      this.lineStart = this.pos
    }
    if (this.pos > this.end) this.pos = this.end
    this.#refuseTabIndent()
  }

  /** Whether only blanks or a comment are left on this line; moves over the blanks. */
  atLineEnd(): boolean {
    const before = this.pos
    this.skipBlanks()
    const code = this.code()
    return code === NEWLINE || Number.isNaN(code) || (code === HASH && (this.pos > before || this.pos === this.lineStart))
  }

  range(start: number, end: number = this.pos): SourceRange {
    return { file: this.file, start, end }
  }

  fail(summary: string, at: number = this.pos, hint?: string): never {
    throw new YamlSyntaxError(summary, at, hint)
  }

  /** After a scalar or a flow collection moved over line ends. */
  updateLineStart(): void {
    this.lineStart = this.text.lastIndexOf('\n', this.pos - 1) + 1
  }

  skipLine(): void {
    const next = this.text.indexOf('\n', this.pos)
    this.pos = next === -1 || next > this.end ? this.end : next
  }

  #refuseTabIndent(): void {
    if (this.atEnd || this.pos === this.lineStart || this.text.charCodeAt(this.pos - 1) !== TAB) return
    const tab = this.text.indexOf('\t', this.lineStart)
    if (this.text.slice(this.lineStart, this.pos).trim() === '') {
      this.fail('Cannot read the indentation: it holds a tab', tab, 'Indent with spaces only')
    }
  }
}
