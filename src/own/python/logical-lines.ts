/** A statement of Python source: strings emptied, comments gone, lines that belong together joined by blanks. */
export interface LogicalLine {
  /** Columns before the statement; 0 is the top level of the file. */
  readonly indent: number
  readonly text: string
}

const TOKEN = /\\\r?\n|\r?\n|#[^\r\n]*|[a-zA-Z]{0,2}(?:"""|'''|"|')|[()[\]{}]|[^\\\r\n#"'()[\]{}a-zA-Z]+|[a-zA-Z][\w]*|[\s\S]/g

/** Splits Python source into statements, as far as finding imports needs it. */
export function logicalLines(source: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = []
  let text = ''
  let depth = 0
  const scan = new RegExp(TOKEN)
  const end = (): void => {
    if (text.trim() !== '') lines.push({ indent: columns(text), text: text.trim() })
    text = ''
  }
  for (let match = scan.exec(source); match !== null; match = scan.exec(source)) {
    const [token] = match
    const quote = /("""|'''|"|')$/.exec(token)?.[0]
    if (/^\r?\n$/.test(token) && depth === 0) end()
    else if (quote !== undefined) {
      scan.lastIndex = endOfString(source, scan.lastIndex, quote)
      text += "''"
    } else if (!token.startsWith('#')) {
      depth = Math.max(0, depth + (BRACKETS[token] ?? 0))
      text += /^\\|\n/.test(token) ? ' ' : token
    }
  }
  end()
  return lines
}

const BRACKETS: Readonly<Record<string, number>> = { '(': 1, '[': 1, '{': 1, ')': -1, ']': -1, '}': -1 }

/** A backslash keeps the character after it from ending the string, in raw strings too. */
function endOfString(source: string, start: number, quote: string): number {
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source.startsWith(quote, at)) return at + quote.length
    else if (quote.length === 1 && source[at] === '\n') return at
  }
  return source.length
}

function columns(text: string): number {
  const [blanks = ''] = /^[ \t\f]*/.exec(text) ?? []
  return blanks.length
}
