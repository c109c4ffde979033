import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { VaultString } from '../value/vault-string.ts'
import type { Dict } from '../value/value.ts'
import type { Loaded } from '../yaml/loaded.ts'
import { Problems } from '../yaml/problems.ts'
import { isFolder, namesIn, SourceStore } from '../yaml/source-store.ts'
import { readVariables } from '../yaml/variables-file.ts'
import type { VariableFolder } from './variable-folder.ts'

export interface VariableFolderOptions {
  readonly decrypt?: (ciphertext: VaultString | Buffer) => string
}

/** Reads `group_vars/` and `host_vars/` in a folder: NAME, NAME.yml, NAME.yaml, NAME.json, or a folder NAME of such files. */
export function readVariableFolder(folder: string, options: VariableFolderOptions = {}): Loaded<VariableFolder> {
  const problems = new Problems()
  const request = { sources: new SourceStore(options.decrypt), problems }
  const read = (kind: string): ReadonlyMap<string, Dict> => {
    const found = new Map<string, Dict>()
    for (const name of variableNames(join(folder, kind))) {
      const key = isFolder(join(folder, kind, name)) ? name : name.replace(EXTENSION, '')
      found.set(key, new Map([...found.get(key) ?? [], ...readVariables(join(folder, kind, name), request)]))
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

const EXTENSION = /\.(?:ya?ml|json)$/

/** Folders first: a file of the same name is merged over them, as Ansible finds them. */
function variableNames(folder: string): readonly string[] {
  const names = namesIn(folder).filter((name) => !name.startsWith('.') && !name.endsWith('~'))
  const folders = names.filter((name) => isFolder(join(folder, name)))
  const files = names.filter((name) => !folders.includes(name) && (EXTENSION.test(name) || !/\.(?:bak|orig|swp|retry|md|txt)$/.test(basename(name))))
  return [...folders, ...files]
}
