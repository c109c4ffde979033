import { extname, join } from 'node:path'
import type { SourceRange } from '../diagnostics/types.ts'
import type { Dict } from '../value/value.ts'
import type { YamlNode } from './node.ts'
import type { Problems } from './problems.ts'
import type { Combine } from '../value/merge-dicts.ts'
import { PlacedMap, placeOf } from '../value/placed-map.ts'
import { placedVariables } from './placed-variables.ts'
import { filesBelow, isFile, isFolder, shownPath, type SourceStore } from './source-store.ts'

export interface VariablesRequest {
  readonly sources: SourceStore
  readonly problems: Problems
  readonly range?: SourceRange | undefined
  /** What becomes of a variable that several files set; the last one counts unless said otherwise. */
  readonly combine?: Combine
  /** Whether a file may be a list of mappings, too, as those of `vars_files`. */
  readonly allowList?: boolean
  /** Endings of the files that count in a folder. */
  readonly extensions?: readonly string[]
}

/** Endings of variables files unless settings say otherwise, in the order they are looked for. */
export const VARIABLE_EXTENSIONS = ['.yml', '.yaml', '.json']

/** The variables of a file, or of every file below a folder, later names over earlier ones. */
export function readVariables(path: string, request: VariablesRequest): Dict {
  if (isFolder(path)) {
    const files = filesBelow(path).filter((file) => ['', ...request.extensions ?? VARIABLE_EXTENSIONS].includes(extname(file)))
    return mergeDicts(files.map((file) => readVariables(file, request)), request.combine)
  }
  const node = request.sources.yaml(path, request.problems, request.range)
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return new Map()
  if (node.kind === 'sequence' && request.allowList === true) return mergeDicts(node.items.map((item) => mappingOf(item, path, request)), request.combine)
  return mappingOf(node, path, request)
}

function mappingOf(node: YamlNode, path: string, request: VariablesRequest): Dict {
  if (node.kind === 'mapping') return placedVariables(node)
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

function mergeDicts(dicts: readonly Dict[], combine: Combine = (_weaker, stronger) => stronger): Dict {
  const all = new PlacedMap()
  for (const dict of dicts) for (const [key, value] of dict) all.place(key, combine(all.get(key), value), placeOf(dict, key))
  return all
}
