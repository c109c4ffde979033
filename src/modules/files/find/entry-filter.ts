import { basename } from 'node:path/posix'
import type { FileEntry } from '../../../remote/files.ts'
import type { Json } from '../../../value/value.ts'
import { resolveMode } from '../mode.ts'
import { pythonRegex } from '../python-regex.ts'

/** What files must be like. */
export interface FindFilter {
  readonly patterns: readonly string[]
  readonly excludes: readonly string[]
  readonly regex: boolean
  readonly type: 'any' | 'directory' | 'file' | 'link'
  readonly hidden: boolean
  /** Seconds; negative means at most. */
  readonly age: number | undefined
  readonly stamp: 'atime' | 'ctime' | 'mtime'
  /** Now, by the host's clock. */
  readonly now: number
  /** Bytes; negative means at most. */
  readonly size: number | undefined
  readonly mode: Json | undefined
  readonly exactMode: boolean
}

/** A test for entries of a listing. */
export function entryFilter(filter: FindFilter): (entry: FileEntry) => boolean {
  const [wanted, unwanted] = [matchers(filter.patterns, filter.regex), matchers(filter.excludes, filter.regex)]
  const names = (name: string): boolean => (wanted.length === 0 || wanted.some((matches) => matches(name))) && !unwanted.some((matches) => matches(name))
  return (entry) => {
    const name = basename(entry.path)
    if (!filter.hidden && name.startsWith('.')) return false
    return isType(entry, filter) && names(name) && isOldEnough(entry, filter) && isLargeEnough(entry, filter) && hasMode(entry, filter)
  }
}

function matchers(patterns: readonly string[], regex: boolean): ((name: string) => boolean)[] {
  return patterns.map((pattern) => {
    const compiled = regex ? pythonRegex(pattern) : globRegex(pattern)
    return (name) => {
      compiled.lastIndex = 0
      return compiled.exec(name)?.index === 0
    }
  })
}

/** A shell pattern for whole names: `*`, `?` and `[...]`. */
function globRegex(pattern: string): RegExp {
  const source = pattern.replace(/\[!?\]?[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*'
    if (part === '?') return '.'
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')
    return part.replace(/[.+^${}()|[\]\\]/, '\\$&')
  })
  return new RegExp(`^${source}$`, 's')
}

function isType({ type }: FileEntry, { type: wanted }: FindFilter): boolean {
  return wanted === 'any' || type === wanted
}

function isOldEnough(entry: FileEntry, { age, stamp, now }: FindFilter): boolean {
  if (age === undefined) return true
  const old = now - { atime: entry.accessed, ctime: entry.changed, mtime: entry.modified }[stamp]
  return age >= 0 ? old >= age : old <= -age
}

/** Only files have a size that counts. */
function isLargeEnough({ type, size }: FileEntry, { size: wanted }: FindFilter): boolean {
  if (wanted === undefined || type !== 'file') return true
  return wanted >= 0 ? size >= wanted : size <= -wanted
}

function hasMode({ mode }: FileEntry, { mode: wanted, exactMode }: FindFilter): boolean {
  if (wanted === undefined) return true
  const bits = resolveMode(wanted, 0, false)
  return exactMode ? mode === bits : (mode & bits) !== 0
}
