import { posix } from 'node:path'

/** Whether a path is the given one or anything below it. */
export function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(top.endsWith('/') ? top : `${top}/`)
}

/** The folder that a path is in; `/` for itself. */
export function parentOf(path: string): string {
  return posix.dirname(path)
}

/** The folders above a path, outermost first, without `/`. */
export function ancestorsOf(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '')
  const root = path.startsWith('/') ? '/' : ''
  return parts.slice(0, -1).map((_, index) => root + parts.slice(0, index + 1).join('/'))
}

/** A path as remotes keep it: no doubled or trailing slashes, no `.` or `..` parts. */
export function normalizePath(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}
