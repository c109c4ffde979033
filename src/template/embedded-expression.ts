/**
 * A condition that holds templates in its midst (`size == {{ wanted }}`), as the expression its author means (`size == (wanted)`).
 * The templates become parts of the expression itself, so what they yield stays a value and is never read as code. Places stay the same.
 */
export function embeddedExpression(source: string): string {
  return isEmbedded(source) ? source.replace(PART, (part, inner: string | undefined) => inner === undefined ? part : ` (${inner}) `) : source
}

/** A quoted text, whose templates are seen to when it is evaluated, or a template. */
const PART = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\{\{(.*?)\}\}/gs

/** Whether a condition is written as a template instead of an expression. */
export function isWholeTemplate(source: string): boolean {
  if (isEmbedded(source)) return false
  const text = source.trim()
  return ['{{', '{%', '{#'].some((start) => text.startsWith(start)) && ['}}', '%}', '#}'].some((end) => text.endsWith(end))
}

/** Whether an expression has templates as parts; statements make it a template as a whole. */
export function isEmbedded(source: string): boolean {
  const text = source.trim()
  if (!text.includes('{{') || text.includes('{%') || text.includes('{#')) return false
  return !(text.startsWith('{{') && text.indexOf('}}') === text.length - 2)
}
