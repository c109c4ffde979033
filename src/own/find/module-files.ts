import { readdirSync, statSync } from 'node:fs'
import { join, extname } from 'node:path'

const SCRIPTED = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.py', '']

/** Modules in one folder: paths by name. Of several files of a name TypeScript comes first, then Python, then one without an ending. */
export function modulesIn(folder: string, { ignored, depth = 0 }: { readonly ignored: readonly string[], readonly depth?: number }): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of namesIn(folder)) {
    const path = join(folder, file)
    const name = moduleName(file, ignored)
    if (depth > 0 && !file.includes('.') && isFolder(path)) addMissing(found, modulesIn(path, { ignored, depth: depth - 1 }))
    else if (name !== undefined && rank(path) < rank(found.get(name))) found.set(name, path)
  }
  return found
}

function addMissing(found: Map<string, string>, more: ReadonlyMap<string, string>): void {
  for (const [name, path] of more) if (!found.has(name)) found.set(name, path)
}

/** The file of one module in a folder. */
export function moduleFile(folder: string, name: string, ignored: readonly string[]): string | undefined {
  return modulesIn(folder, { ignored }).get(name)
}

function moduleName(file: string, ignored: readonly string[]): string | undefined {
  if (file.startsWith('.') || file.startsWith('__') || ignored.some((ending) => file.endsWith(ending)) || /\.(?:d|test)\.m?ts$|\.ps1$/.test(file)) return undefined
  // One that begins with a line is deprecated, and goes by the name without it.
  const name = file.slice(0, file.length - extname(file).length).replace(/^_/, '')
  return /^\w+$/.test(name) ? name : undefined
}

function rank(path: string | undefined): number {
  if (path === undefined) return Infinity
  const at = SCRIPTED.indexOf(extname(path))
  return at < 0 ? SCRIPTED.length : at
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
