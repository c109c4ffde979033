import type { RawScalar } from './raw-scalar.ts'
import type { Reader } from './reader.ts'

/** Reads a scalar in single or double quotes, folding its lines and, in double quotes, its escapes. */
export function readQuoted(reader: Reader): RawScalar {
  const start = reader.pos
  const double = reader.text.charAt(start) === '"'
  const pattern = double ? DOUBLE : SINGLE
  pattern.lastIndex = start + 1
  const raw = pattern.exec(reader.text)?.[0] ?? ''
  const close = start + 1 + raw.length
  if (close >= reader.end) {
    reader.fail('Cannot read the quoted text: its closing quote is missing', start, `Add the closing ${double ? '"' : "'"}`)
  }
  reader.pos = close + 1
  const multiline = raw.includes('\n')
  if (multiline) reader.updateLineStart()
  const text = double ? unescape(raw, { reader, start: start + 1 }) : unquote(raw, multiline)
  return { text, start, end: reader.pos, style: 'quoted' }
}

const DOUBLE = /[^"\\]*(?:\\[\s\S][^"\\]*)*/y
const SINGLE = /[^']*(?:''[^']*)*/y
const ESCAPE_OR_BREAK = /\\(\r?\n[ \t]*|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[\s\S])|[ \t\r]*\n[ \t\r\n]*/g

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b',
  ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}

function unquote(raw: string, multiline: boolean): string {
  const text = raw.includes("''") ? raw.replaceAll("''", "'") : raw
  return multiline ? text.replace(/[ \t\r]*\n[ \t\r\n]*/g, foldBreaks) : text
}

function unescape(raw: string, place: { readonly reader: Reader, readonly start: number }): string {
  if (!raw.includes('\\') && !raw.includes('\n')) return raw
  return raw.replace(ESCAPE_OR_BREAK, (match: string, escape: string | undefined, offset: number) => {
    if (escape === undefined) return foldBreaks(match)
    if (escape.includes('\n')) return ''
    if (escape.length > 1) return String.fromCodePoint(parseInt(escape.slice(1), 16))
    return ESCAPES[escape] ?? place.reader.fail(
      `Cannot read the quoted text: \\${escape} is not an escape that YAML knows`,
      place.start + offset,
      'Write a backslash twice, or use single quotes, where backslashes stand for themselves',
    )
  })
}

/** One line end is a space, each further one a line end. */
function foldBreaks(run: string): string {
  const breaks = run.split('\n').length - 1
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}
