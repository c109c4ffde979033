import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Existing paths that match a shell pattern, sorted. `*` and `?` match no leading dot. */
export function globSync(pattern: string): string[] {
  const isAbsolute = pattern.startsWith('/')
  const parts = pattern.split('/').filter((part) => part !== '')
  return parts.reduce((found, part) => found.flatMap((folder) => expandPart(folder, part)), [isAbsolute ? '/' : '']).sort()
}

function expandPart(folder: string, part: string): string[] {
  const path = folder === '' ? part : join(folder, part)
  if (!/[*?[]/.test(part)) return exists(path) ? [path] : []
  const regex = globRegex(part)
  return namesIn(folder === '' ? '.' : folder)
    .filter((name) => regex.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .map((name) => folder === '' ? name : join(folder, name))
}

/** A shell pattern for one name. */
export function globRegex(pattern: string): RegExp {
  const source = pattern.replace(/\[(!?)([^\]]+)\]|[*?]|[\\^$.+(){}|[\]]/g, (match, not: string | undefined, set: string | undefined) => {
    if (match === '*') return '[^/]*'
    if (match === '?') return '[^/]'
    return set === undefined ? `\\${match}` : `[${not === '!' ? '^' : ''}${set.replace(/[\\^\]]/g, '\\$&')}]`
  })
  return new RegExp(`^${source}$`, 's')
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
