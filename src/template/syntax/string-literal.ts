/** Decodes the inside of a quoted string as Python's `unicode-escape` does; undefined when an escape is cut short. */
export function decodeString(body: string): string | undefined {
  if (!body.includes('\\')) return body
  let broken = false
  const decoded = body.replace(ESCAPE, (escape) => {
    const decodedEscape = decodeEscape(escape)
    if (decodedEscape === undefined) broken = true
    return decodedEscape ?? ''
  })
  return broken ? undefined : decoded
}

const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])/g

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
}

function decodeEscape(escape: string): string | undefined {
  const letter = escape.charAt(1)
  if (/[0-7]/.test(letter)) return String.fromCodePoint(parseInt(escape.slice(1), 8))
  if (/[xuU]/.test(letter)) return escape.length > 2 ? decodeCodePoint(parseInt(escape.slice(2), 16)) : undefined
  return Object.hasOwn(SIMPLE, letter) ? SIMPLE[letter] : escape
}

function decodeCodePoint(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
