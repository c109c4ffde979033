import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { EvaluationError } from '../evaluation-error.ts'
import { expandHome } from '../../text/expand-home.ts'
import type { CallContext } from '../types.ts'

/** Finds a file of the role or play: in the folder of its kind first, then beside it. */
export function findFile(name: string, kind: 'files' | 'templates' | 'vars', { basePaths }: CallContext): string | undefined {
  return candidates(name, kind, basePaths).find((path) => existsSync(path))
}

export function requireFile(name: string, kind: 'files' | 'templates' | 'vars', context: CallContext): string {
  const path = findFile(name, kind, context)
  if (path !== undefined) return path
  throw new EvaluationError('lookup-failed', `Cannot find the file '${name}': No such file or directory`, `Searched: ${candidates(name, kind, context.basePaths).join(', ')}`)
}

/** The folders that names of a kind are searched in. */
export function searchFolders(kind: string, basePaths: readonly string[]): string[] {
  return basePaths.length === 0 ? ['.'] : basePaths.flatMap((folder) => [join(folder, kind), folder])
}

function candidates(name: string, kind: string, basePaths: readonly string[]): string[] {
  const path = expandHome(name)
  return isAbsolute(path) ? [path] : searchFolders(kind, basePaths).map((folder) => join(folder, path))
}
