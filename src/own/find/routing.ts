import { parse } from 'yaml'

/** What a collection's `meta/runtime.yml` says of one of its plugins. */
export interface Route {
  readonly redirect?: string
  /** Why it is gone. */
  readonly tombstone?: Notice
  readonly deprecation?: Notice
}

export interface Notice {
  readonly removal_version?: string
  readonly removal_date?: string
  readonly warning_text?: string
}

/**
 * The entry of one plugin. Such files have thousands of lines, of which few are ever asked for, so only the lines of the entry are parsed.
 * `kind` is `modules`, `action`, `module_utils` ...
 */
export function routeOf(runtime: string, kind: string, name: string): Route | undefined {
  if (!runtime.includes(name)) return undefined
  const lines = runtime.split(/\r?\n/)
  const block = child(lines, [`plugin_routing`, kind, name])
  if (block === undefined) return undefined
  const entry: unknown = parse(block.join('\n'))
  return typeof entry === 'object' && entry !== null ? entry : undefined
}

/** The lines below a key of a key of a key, in YAML's block form. */
function child(lines: readonly string[], keys: readonly string[]): readonly string[] | undefined {
  let inside = lines
  for (const key of keys) {
    const own = /^['"]?([^'":]+?)['"]?\s*:\s*(?:#.*)?(.*)$/
    const indent = Math.min(...inside.filter(hasText).map(indentOf))
    const start = inside.findIndex((line) => indentOf(line) === indent && hasText(line) && own.exec(line.trim())?.[1] === key)
    if (start < 0) return undefined
    const end = inside.findIndex((line, index) => index > start && hasText(line) && indentOf(line) <= indent)
    const rest = own.exec(inside[start]?.trim() ?? '')?.[2] ?? ''
    inside = rest === '' ? inside.slice(start + 1, end < 0 ? undefined : end) : [rest]
  }
  return inside
}

function hasText(line: string): boolean {
  return /^\s*[^\s#]/.test(line) && !line.startsWith('---')
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
