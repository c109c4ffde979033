/** What the one script of `setup` brought back: contents of files, and output of a few programs. */
export interface RawFacts {
  /** Trimmed content; undefined when it is not there or empty. */
  file(path: string): string | undefined
  /** Files whose path matches, in the order read: the match and the content. */
  files(pattern: RegExp): readonly (readonly [RegExpExecArray, string])[]
  /** Output of a named part; empty when it was not asked for. */
  part(name: string): string
  /** Names of parts that begin so, without that beginning. */
  parts(prefix: string): readonly string[]
  /** Symbolic links whose path matches, and where they lead. */
  links(pattern: RegExp): readonly (readonly [RegExpExecArray, string])[]
  /** Whether something is at a path that the script tests. */
  exists(path: string): boolean
}

/** Begins each part: ASCII's record separator, which no text file holds. */
const PART_MARK = '\u001e'

export function parseRawFacts(output: string): RawFacts {
  const parts = new Map(output.split(PART_MARK).slice(1).map((part) => {
    const end = part.indexOf('\n')
    return [part.slice(0, end), part.slice(end + 1)] as const
  }))
  const files = fileContents(parts.get('files') ?? '')
  const links = [...(parts.get('links') ?? '').matchAll(/ (\/\S+) -> (\S+)$/gm)].map(([, path = '', target = '']) => [path, target] as const)
  const existing = new Set((parts.get('exists') ?? '').split('\n'))
  return {
    file: (path) => files.get(path)?.trim() || undefined,
    files: (pattern) => [...files].flatMap(([path, content]) => {
      const match = pattern.exec(path)
      return match === null ? [] : [[match, content.trim()] as const]
    }),
    part: (name) => parts.get(name) ?? '',
    parts: (prefix) => [...parts.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
    links: (pattern) => links.flatMap(([path, target]) => {
      const match = pattern.exec(path)
      return match === null ? [] : [[match, target] as const]
    }),
    exists: (path) => existing.has(path),
  }
}

// Every line is `PATH:LINE`; no path that is read holds a colon, save for devices, whose folders are matched whole.
function fileContents(text: string): Map<string, string> {
  const files = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, path, content] = /^(\/sys\/\S*?\/[a-z_]+|[^:]+):(.*)$/.exec(line) ?? []
    if (path === undefined || content === undefined) continue
    const lines = files.get(path)
    if (lines === undefined) files.set(path, [content])
    else lines.push(content)
  }
  return new Map([...files].map(([path, lines]) => [path, lines.join('\n')]))
}
