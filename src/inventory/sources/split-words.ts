/** Splits a line as a POSIX shell would, but any `#` outside quotes ends it, as in Ansible; undefined when a quote is not closed. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length;) {
    const mark = line.charAt(at)
    if (/\s/.test(mark)) {
      if (word !== undefined) words.push(word)
      word = undefined
      at++
      continue
    }
    if (mark === '#') break
    const unit = readUnit(line, at)
    if (unit === undefined) return undefined
    word = (word ?? '') + unit.text
    at = unit.end
  }
  if (word !== undefined) words.push(word)
  return words
}

/** A quoted part, an escaped character, or one plain character; undefined when a quote is not closed. */
function readUnit(line: string, at: number): { readonly text: string, readonly end: number } | undefined {
  const mark = line.charAt(at)
  if (mark === '\\') return at + 1 < line.length ? { text: line.charAt(at + 1), end: at + 2 } : undefined
  if (mark !== '"' && mark !== "'") return { text: mark, end: at + 1 }
  let text = ''
  for (let index = at + 1; index < line.length; index++) {
    const inner = line.charAt(index)
    if (inner === mark) return { text, end: index + 1 }
    const escaped = mark === '"' && inner === '\\' && /["\\]/.test(line.charAt(index + 1))
    text += escaped ? line.charAt(++index) : inner
  }
  return undefined
}
