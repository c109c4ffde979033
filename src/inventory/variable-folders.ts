import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Combine } from '../value/merge-dicts.ts'
import type { VaultString } from '../value/vault-string.ts'
import type { Dict } from '../value/value.ts'
import type { Loaded } from '../yaml/loaded.ts'
import { Problems } from '../yaml/problems.ts'
import { isFolder, namesIn, shownPath, SourceStore } from '../yaml/source-store.ts'
import { readVariables, VARIABLE_EXTENSIONS } from '../yaml/variables-file.ts'
import type { VariableFolder } from './variable-folder.ts'
import { VariableTable } from './variable-table.ts'

export interface VariableFolderOptions {
  readonly decrypt?: (ciphertext: VaultString | Buffer) => string
  /** What becomes of a variable that several files of one name set. */
  readonly combine?: Combine
  /** Endings of variables files, the one that counts first; `.yml`, `.yaml` and `.json` unless said otherwise. */
  readonly extensions?: readonly string[]
}

/** Reads `group_vars/` and `host_vars/` in a folder. Of NAME (a file or a folder of files), NAME.yml, NAME.yaml and NAME.json, say, the first counts, as in Ansible. */
export function readVariableFolder(folder: string, options: VariableFolderOptions = {}): Loaded<VariableFolder> {
  const problems = new Problems()
  const sources = new SourceStore(options.decrypt)
  const { extensions = VARIABLE_EXTENSIONS, combine } = options
  const read = (kind: string): ReadonlyMap<string, Dict> => {
    const found = new VariableTable()
    for (const [key, [first = '', ...others]] of filesByName(join(folder, kind), extensions)) {
      const own = new Problems()
      found.set(key, readVariables(join(folder, kind, first), { sources, problems: own, extensions, ...combine && { combine } }))
      const locked = own.diagnostics.filter(({ code }) => code === 'vault')
      if (locked.length > 0) found.lock(key, locked)
      problems.addAll(own.diagnostics.filter(({ code }) => code !== 'vault'))
      for (const other of others) warnShadowed(problems, join(folder, kind, other), join(folder, kind, first))
    }
    return found
  }
  return { value: { groups: read('group_vars'), hosts: read('host_vars') }, diagnostics: problems.diagnostics }
}

/** The folders of inventory sources that may have `group_vars/` and `host_vars/` beside them, strongest (last given) first. */
export function foldersOfSources(sources: readonly string[]): readonly string[] {
  const folders = sources.filter((source) => !source.includes(',') || existsSync(source)).map((source) => resolve(isFolder(source) ? source : dirname(source)))
  return [...new Set(folders.reverse())]
}

/** File names by the group or host they belong to, the one that counts first. */
function filesByName(folder: string, extensions: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>()
  for (const name of namesIn(folder)) {
    if (name.startsWith('.') || /~$|\.(?:bak|orig|swp|retry|md|txt|rst)$/.test(name)) continue
    const key = isFolder(join(folder, name)) ? name : withoutExtension(name, extensions)
    files.set(key, [...files.get(key) ?? [], name])
  }
  for (const [key, names] of files) names.sort((a, b) => extensions.indexOf(a.slice(key.length)) - extensions.indexOf(b.slice(key.length)))
  return files
}

function withoutExtension(name: string, extensions: readonly string[]): string {
  const found = extensions.find((extension) => extension !== '' && name.endsWith(extension))
  return found === undefined ? name : name.slice(0, -found.length)
}

function warnShadowed(problems: Problems, path: string, instead: string): void {
  problems.warning('shadowed-variables', `Skipped ${shownPath(path)}: ${shownPath(instead)} is read instead`, { hint: 'Keep one of the two' })
}
