import { globSync } from './glob.ts'
import { realpathSync, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { expandHome, expandVariables } from '../../text/expand-home.ts'
import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { bind, required, strictText, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { listOf } from '../iterate.ts'
import type { Filter } from '../types.ts'

/** Filters of paths, on the control host. */
export const PATH_FILTERS: readonly (readonly [string, Filter])[] = [
  ['basename', ([path = null]) => textOf(path).split('/').at(-1) ?? ''],
  ['dirname', ([path = null]) => dirname(textOf(path))],
  ['expanduser', ([path = null]) => expandHome(textOf(path))],
  ['expandvars', ([path = null]) => expandVariables(textOf(path))],
  ['realpath', ([path = null]) => realPath(textOf(path))],
  ['relpath', (args, named) => relativePath(bind(['path', 'start'], args, named))],
  ['normpath', ([path = null]) => normalPath(textOf(path))],
  ['splitext', ([path = null]) => splitExtension(textOf(path))],
  ['path_join', ([parts = null]) => joinPath(pathParts(parts))],
  ['commonpath', ([paths = null]) => commonPath(pathList(paths))],
  ['fileglob', ([pattern = null]) => globSync(textOf(pattern)).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)],
  ['win_basename', ([path = null]) => win32.basename(textOf(path))],
  ['win_dirname', ([path = null]) => windowsDirname(textOf(path))],
  ['win_splitdrive', ([path = null]) => splitDrive(textOf(path))],
]

function dirname(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return /^\/*$/.test(folder) ? folder : folder.replace(/\/+$/, '')
}

/** Resolves links as far as the path exists. */
function realPath(path: string): string {
  const absolute = posix.resolve(path)
  try {
    return realpathSync(absolute)
  } catch {
    return absolute === '/' ? absolute : posix.join(realPath(posix.dirname(absolute)), posix.basename(absolute))
  }
}

function relativePath({ path, start }: { readonly path: Value | undefined, readonly start: Value | undefined }): string {
  const relative = posix.relative(posix.resolve(textArgument(start, '.')), posix.resolve(textOf(required(path, 'path'))))
  return relative === '' ? '.' : relative
}

function normalPath(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

/** Leading dots of a name are no extension. */
function splitExtension(path: string): Tuple {
  const [, name = path, extension = ''] = /^((?:.*\/)?\.*[^/]*?)(\.[^./]*)?$/s.exec(path) ?? []
  const isHidden = /(?:^|\/)\.*$/.test(name)
  return new Tuple(isHidden ? [path, ''] : [name, extension])
}

/** As Python's: an absolute part starts anew. */
function joinPath(parts: readonly string[]): string {
  return parts.reduce((joined, part) => {
    if (part.startsWith('/')) return part
    return joined === '' || joined.endsWith('/') ? joined + part : `${joined}/${part}`
  }, '')
}

function pathParts(value: Value): string[] {
  const parts = typeof value === 'string' ? [value] : listOf(value)
  if (parts === undefined) throw new EvaluationError('filter-argument', `|path_join expects string or sequence, got ${typeName(value)} instead.`)
  return textsOf(parts)
}

function pathList(value: Value): string[] {
  const paths = listOf(value)
  if (paths === undefined) throw new EvaluationError('filter-argument', `|commonpath expects sequence, got ${typeName(value)} instead.`)
  return textsOf(paths)
}

/** Paths, of which there must be one at least. */
function textsOf(paths: readonly Value[]): string[] {
  if (paths.length === 0) throw new EvaluationError('filter-argument', 'Cannot do without a path')
  return paths.map((path) => strictText(path, 'path'))
}

function commonPath(paths: readonly string[]): string {
  const split = paths.map((path) => path.split('/').filter((part) => part !== '' && part !== '.'))
  const [first = []] = split
  if (new Set(paths.map((path) => path.startsWith('/'))).size > 1) throw new EvaluationError('filter-argument', 'Cannot find what absolute and relative paths have in common')
  const end = first.findIndex((part, index) => split.some((other) => other[index] !== part))
  return (paths[0]?.startsWith('/') === true ? '/' : '') + first.slice(0, end < 0 ? undefined : end).join('/')
}

function windowsDirname(path: string): string {
  const { root } = win32.parse(path)
  const folder = path.slice(root.length).replace(/[^\\/]*$/, '')
  return root + folder.replace(/[\\/]+$/, '')
}

function splitDrive(path: string): Tuple {
  const { root } = win32.parse(path)
  const drive = root.replace(/[\\/]+$/, '')
  return new Tuple([drive, path.slice(drive.length)])
}
