/**
 * Gives the result as many line ends at its end as the template has: parsing drops one, and Ansible puts back what is missing
 * at the outermost level only, so that included templates do not bring line ends of their own.
 */
export function keepTrailingNewlines(result: string, source: string, newline = '\n'): string {
  if (!source.endsWith('\n')) return result
  const missing = trailing(source) - trailing(result)
  return missing > 0 ? result + newline.repeat(missing) : result
}

function trailing(text: string): number {
  let count = 0
  while (text.charAt(text.length - 1 - count) === '\n') count++
  return count
}
