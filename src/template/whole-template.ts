/** Whether a condition is written as a template instead of an expression. */
export function isWholeTemplate(source: string): boolean {
  if (isEmbedded(source)) return false
  const text = source.trim()
  return ['{{', '{%', '{#'].some((start) => text.startsWith(start)) && ['}}', '%}', '#}'].some((end) => text.endsWith(end))
}

/** Whether an expression has templates as parts, as `size == {{ wanted }}` has; statements make it a template as a whole. */
export function isEmbedded(source: string): boolean {
  const text = source.trim()
  if (!text.includes('{{') || text.includes('{%') || text.includes('{#')) return false
  return !(text.startsWith('{{') && text.indexOf('}}') === text.length - 2)
}
