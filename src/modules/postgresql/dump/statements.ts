import { DumpError, type Statement } from './statement.ts'

/** Splits the text of a dump into its statements as it arrives; memory is bounded by the longest one. */
export async function* statements(dump: string, chunks: AsyncIterable<string>): AsyncGenerator<Statement> {
  const splitter = new Splitter()
  for await (const chunk of chunks) yield* splitter.take(chunk)
  yield* splitter.end(dump)
}

type Mode = 'code' | 'string' | 'escapes' | 'name' | 'line' | 'block' | 'dollar'

/** What ends, or begins, something in each mode. */
const EVENTS: Readonly<Record<Exclude<Mode, 'dollar'>, RegExp>> = {
  code: /['";]|--|\/\*|\$(?:[A-Za-z_]\w*)?\$/g,
  string: /'/g,
  escapes: /\\[^]|''|'/g,
  name: /"/g,
  line: /\n/g,
  block: /\/\*|\*\//g,
}

const OPENED: Readonly<Record<string, Mode>> = { "'": 'string', '"': 'name', '--': 'line', '/*': 'block' }

/** Nothing that must be seen whole is longer: dollar quotes, and the lines that pg_dump writes for psql. */
const LONGEST_TOKEN = 200

class Splitter {
  #text = ''
  /** How far the text is understood. */
  #at = 0
  /** Where the statement begins, comments before it left out. */
  #start = 0
  #line = 1
  #mode: Mode = 'code'
  #depth = 0
  #tag = ''
  #opened = 0;

  * take(chunk: string): Generator<Statement> {
    this.#text += chunk
    yield* this.#scan(LONGEST_TOKEN)
  }

  * end(dump: string): Generator<Statement> {
    yield* this.#scan(0)
    if (this.#mode !== 'code' && this.#mode !== 'line') throw new DumpError(dump, { text: '', line: this.#line + linesIn(this.#text.slice(0, this.#opened)) }, `a ${NAMES[this.#mode]} that begins here has no end`)
    const rest = this.#statement(this.#mode === 'line' ? Math.max(this.#start, this.#opened) : this.#text.length)
    if (rest.text !== '') throw new DumpError(dump, rest, 'a statement that begins here has no end')
  }

  /** Goes on until `margin` characters before the end, where something may not have arrived whole. */
  * #scan(margin: number): Generator<Statement> {
    while (this.#at < this.#text.length - margin) {
      if (this.#mode === 'code' && this.#skipMetaCommand(margin)) continue
      const found = this.#next()
      if (found === undefined || found.index >= this.#text.length - margin) {
        this.#at = this.#text.length - margin
        return
      }
      this.#at = found.index + found.token.length
      if (this.#mode === 'code' && found.token === ';') yield this.#cut(found.index)
      else this.#enter(found.token, found.index)
    }
  }

  #next(): { readonly token: string, readonly index: number } | undefined {
    if (this.#mode === 'dollar') {
      const index = this.#text.indexOf(this.#tag, this.#at)
      return index < 0 ? undefined : { token: this.#tag, index }
    }
    const pattern = EVENTS[this.#mode]
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    return match === null ? undefined : { token: match[0], index: match.index }
  }

  #enter(token: string, index: number): void {
    if (this.#mode === 'code') {
      this.#opened = index
      this.#open(token, index)
    } else if (this.#mode === 'block') {
      this.#depth += token === '/*' ? 1 : -1
      if (this.#depth === 0) this.#endComment()
    } else if (this.#mode === 'line') {
      this.#endComment()
    } else if (this.#mode !== 'escapes' || token === "'") {
      this.#mode = 'code'
    }
  }

  #open(token: string, index: number): void {
    this.#mode = OPENED[token] ?? 'dollar'
    this.#tag = token
    this.#depth = 1
    if (this.#mode === 'string' && /(?:^|[^\w$])[eE]$/.test(this.#text.slice(Math.max(0, index - 2), index))) this.#mode = 'escapes'
  }

  #endComment(): void {
    this.#mode = 'code'
    if (this.#isBlankBefore(this.#opened)) this.#start = this.#at
  }

  /** pg_dump writes `\restrict` lines for psql between statements. */
  #skipMetaCommand(margin: number): boolean {
    const start = /\S/g
    start.lastIndex = this.#at
    const match = start.exec(this.#text)
    if (match === null || match.index >= this.#text.length - margin || match[0] !== '\\') return false
    if (!/^\\(?:un)?restrict\b/.test(this.#text.slice(match.index, match.index + 20)) || !this.#isBlankBefore(match.index)) return false
    const end = this.#text.indexOf('\n', match.index)
    this.#drop(end < 0 ? this.#text.length : end + 1)
    return true
  }

  #isBlankBefore(index: number): boolean {
    return this.#text.slice(this.#start, index).trim() === ''
  }

  #cut(end: number): Statement {
    const statement = this.#statement(end)
    this.#drop(this.#at)
    return statement
  }

  #statement(end: number): Statement {
    const text = this.#text.slice(this.#start, end)
    const blank = text.length - text.trimStart().length
    return { text: text.trim(), line: this.#line + linesIn(this.#text.slice(0, this.#start + blank)) }
  }

  #drop(length: number): void {
    this.#line += linesIn(this.#text.slice(0, length))
    this.#text = this.#text.slice(length)
    this.#at = 0
    this.#start = 0
  }
}

const NAMES: Readonly<Record<Mode, string>> = { code: 'statement', string: 'string', escapes: 'string', name: 'quoted name', line: 'comment', block: 'comment', dollar: 'dollar-quoted string' }

function linesIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
