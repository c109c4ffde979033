import { readFileSync, realpathSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { globPattern } from './glob-pattern.ts'
import { isFile, isFolder, namesIn, shownPath } from '../yaml/source-store.ts'
import { type LintFile, readLintFile } from './lint-file.ts'

const SKIPPED_FOLDERS = new Set(['.git', '.tsplay', '.lab', 'node_modules', 'dist', '.venv', '__pycache__', 'molecule', 'collections', 'coverage'])

/** Every YAML file and template at or below some paths, save what is excluded. */
export function findFiles(paths: readonly string[], exclude: readonly string[]): readonly LintFile[] {
  const patterns = exclude.map((pattern) => globPattern(pattern))
  const isExcluded = (path: string): boolean => patterns.some((pattern) => pattern.test(relative(process.cwd(), path)))
  const named = paths.flatMap((path) => isFile(path) ? [path] : below(path, isExcluded))
  // A folder may be linked to from elsewhere: its files are looked at once.
  const found = [...new Map(named.map((path) => [realpathSync(path), path])).values()]
  return found.filter((path) => !isExcluded(path)).map((path) => readLintFile({ path: shownPath(path), text: readFileSync(path, 'utf8') })).filter((file) => !isVault(file))
}

function below(folder: string, isExcluded: (path: string) => boolean): readonly string[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name)
    if (isExcluded(path)) return []
    if (isFolder(path)) return SKIPPED_FOLDERS.has(name) || name.startsWith('.') ? [] : below(path, isExcluded)
    return /\.ya?ml$/.test(basename(path)) || isVariables(path) ? [path] : []
  })
}

/** Files of variables may have no extension. */
function isVariables(path: string): boolean {
  return /\/(?:group_vars|host_vars)\/(?:[^/]+\/)*[^./]+$/.test(path)
}

function isVault({ source }: LintFile): boolean {
  return source.text.startsWith('$ANSIBLE_VAULT;')
}
