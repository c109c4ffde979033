/** Whether a name matches a pattern of `*`, `?` and `[...]`, as Python's fnmatch has it. */
export function matchesGlob(name: string, pattern: string): boolean {
  const source = pattern.replace(/\*|\?|\[(!?)([^\]]+)\]|[.+^${}()|\\[\]]/g, (piece: string, not?: string, set?: string) => {
    if (piece === '*') return '.*'
    if (piece === '?') return '.'
    return set === undefined ? `\\${piece}` : `[${not === '!' ? '^' : ''}${set.replace(/[\\^]/g, '\\$&')}]`
  })
  return new RegExp(`^${source}$`, 's').test(name)
}
