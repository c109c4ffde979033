/**
 * A condition of an assert that holds templates in its midst (`size == {{ wanted }}`), as the expression its author means (`size == (wanted)`).
 * The templates become parts of the expression itself, so what they yield stays a value and is never read as code.
 */
export function embeddedExpression(source: string): string {
  return source.replace(PART, (part, quoted: string | undefined, inner: string | undefined) => {
    if (inner !== undefined) return `(${inner.trim()})`
    return quoted === undefined ? part : joinedText(quoted)
  })
}

/** A quoted text, or a template. */
const PART = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\{\{(.*?)\}\}/gs

/** A text with templates in it: its pieces put together. */
function joinedText(quoted: string): string {
  if (!quoted.includes('{{')) return quoted
  const mark = quoted.charAt(0)
  const pieces = quoted.slice(1, -1).split(/\{\{(.*?)\}\}/s)
  const joined = pieces.map((piece, index) => index % 2 === 1 ? `(${piece.trim()})` : `${mark}${piece}${mark}`)
  return `(${joined.join(' ~ ')})`
}

/** Whether a template is more than one whole expression. */
export function isEmbedded(source: string): boolean {
  const text = source.trim()
  if (text.includes('{%') || text.includes('{#')) return false
  return !(text.startsWith('{{') && text.indexOf('}}') === text.length - 2)
}
