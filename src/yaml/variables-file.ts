import { join } from 'node:path'
import type { SourceRange } from '../diagnostics/types.ts'
import type { Dict } from '../value/value.ts'
import type { Problems } from './problems.ts'
import { valueOf } from './value-of.ts'
import { filesBelow, isFile, isFolder, shownPath, type SourceStore } from './source-store.ts'

export interface VariablesRequest {
  readonly sources: SourceStore
  readonly problems: Problems
  readonly range?: SourceRange | undefined
}

/** Extensions of variable files, in the order they are looked for. */
const VARIABLE_EXTENSIONS = ['.yml', '.yaml', '.json']

/** The variables of a file, or of every file below a folder, later names over earlier ones. */
export function readVariables(path: string, request: VariablesRequest): Dict {
  if (isFolder(path)) {
    const files = filesBelow(path).filter((file) => /\.(?:ya?ml|json)$/.test(file) || !/\.[^/.]+$/.test(file))
    return mergeDicts(files.map((file) => readVariables(file, request)))
  }
  const node = request.sources.yaml(path, request.problems, request.range)
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return new Map()
  const value = valueOf(node)
  if (value instanceof Map) return value
  request.problems.error('bad-type', `Cannot read variables from ${shownPath(path)}: it must be a mapping`, { range: node.range })
  return new Map()
}

/** The file or folder that holds the variables of a name: `NAME.yml`, `NAME.yaml`, `NAME.json`, `NAME`; a file named outright comes first. */
export function findVariables(folder: string, name: string, options: { readonly named: boolean }): string | undefined {
  const extended = VARIABLE_EXTENSIONS.map((extension) => join(folder, name + extension))
  const bare = join(folder, name)
  const tried = options.named ? [bare, ...extended] : [...extended, bare]
  return tried.find((path) => isFile(path) || isFolder(path))
}

function mergeDicts(dicts: readonly Dict[]): Dict {
  return new Map(dicts.flatMap((dict) => [...dict]))
}
