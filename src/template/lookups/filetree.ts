import { type Stats, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Float } from '../../value/float.ts'
import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { ownerName } from '../owner-name.ts'
import { pythonRegex } from '../regex/python-regex.ts'
import type { CallContext } from '../types.ts'
import { findFile } from './find-file.ts'

/** What folders of the control host hold, at any depth; of several folders the first that has a path wins. */
export function fileTree(terms: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext): readonly Value[] {
  const exclude = named.get('exclude') ?? null
  const unwanted = exclude === null ? undefined : pythonRegex(textOf(exclude), { anchor: 'match' })
  const isWanted = (name: string): boolean => unwanted === undefined || !unwanted.test(name)
  const owners = new Owners()
  const found = new Map<string, Dict>()
  for (const root of terms.flatMap((term) => findFile(textOf(term), 'files', context) ?? [])) {
    for (const path of pathsIn(root, '', isWanted)) {
      const entry = found.has(path) ? undefined : describe(root, path, owners)
      if (entry !== undefined) found.set(path, entry)
    }
  }
  return [...found.values()]
}

/** A folder's own entries first, folders before files, then what they hold. */
function pathsIn(root: string, folder: string, isWanted: (name: string) => boolean): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(({ name }) => isWanted(name))
  const folders = entries.filter((entry) => entry.isDirectory())
  const own = [...folders, ...entries.filter((entry) => !entry.isDirectory())].map(({ name }) => join(folder, name))
  return [...own, ...folders.flatMap(({ name }) => pathsIn(root, join(folder, name), isWanted))]
}

function describe(root: string, path: string, owners: Owners): Dict | undefined {
  const full = join(root, path)
  const stat = lstatSync(full)
  const state = stateOf(stat)
  if (state === undefined) return undefined
  const source: readonly [string, Value][] = state === 'directory' ? [] : [['src', state === 'link' ? readlinkSync(full) : full]]
  return new Map<Value, Value>([
    ['root', root], ['path', path], ['state', state], ...source,
    ['uid', stat.uid], ['gid', stat.gid], ['owner', owners.name('passwd', stat.uid)], ['group', owners.name('group', stat.gid)],
    ['mode', `0${(stat.mode & 0o7777).toString(8).padStart(3, '0')}`], ['size', stat.size],
    ['mtime', new Float(stat.mtimeMs / 1000)], ['ctime', new Float(stat.ctimeMs / 1000)],
  ])
}

function stateOf(stat: Stats): 'link' | 'directory' | 'file' | undefined {
  if (stat.isSymbolicLink()) return 'link'
  if (stat.isDirectory()) return 'directory'
  return stat.isFile() ? 'file' : undefined
}

/** Names of users and groups, each asked for once. */
class Owners {
  readonly #known = new Map<string, Value>()

  name(table: 'passwd' | 'group', id: number): Value {
    const key = `${table} ${id}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const name = ownerName(table, id) ?? id
    this.#known.set(key, name)
    return name
  }
}
