/** Whether a name matches a pattern list of ssh: `*` and `?`, and `!` before one that excludes. */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  const excluded = patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), name))
  return !excluded && patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern, name))
}

function matches(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(name)
}
