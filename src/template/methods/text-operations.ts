/** Removes the given characters, or whitespace, from one or both ends. */
export function strip(text: string, characters: string | undefined, side: 'start' | 'end' | 'both'): string {
  if (characters === undefined) return side === 'both' ? text.trim() : side === 'start' ? text.trimStart() : text.trimEnd()
  const set = new Set(characters)
  const letters = [...text]
  const isKept = (letter: string) => !set.has(letter)
  const start = side === 'end' ? 0 : letters.findIndex(isKept)
  const end = side === 'start' ? letters.length : letters.findLastIndex(isKept) + 1
  return start < 0 ? '' : letters.slice(start, end).join('')
}

/** Lines by every line end that Python knows; a final one makes no empty line. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines = text.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g) ?? []
  return keepEnds ? lines : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''))
}

/** Every run of letters starts with a capital. */
export function titleCase(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const [first = '', ...rest] = word
    return first.toUpperCase() + rest.join('').toLowerCase()
  })
}

export function isDecimal(text: string): boolean {
  return /^\p{Nd}+$/u.test(text)
}

export function isAlpha(text: string): boolean {
  return /^\p{L}+$/u.test(text)
}

export function isSpace(text: string): boolean {
  return /^\s+$/.test(text)
}

/** Whether there is a letter that has a case. */
export function isCased(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase()
}
