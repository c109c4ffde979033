import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importsOf, type PythonFile, type PythonImport } from './imports.ts'

/** Where Python code that modules import is looked for. */
export interface UtilitySources {
  /** Folders that stand for `ansible.module_utils`, those of one's own before that of ansible-core. */
  readonly folders: () => readonly string[]
  /** The folder of a collection, by its full name. */
  readonly collection: (name: string) => string | undefined
  /** Where a collection says that one of its module_utils has gone; `ansible.builtin` is ansible-core itself. */
  readonly redirect: (collection: string, name: string) => string | undefined
  /** What was found, and what it imports, for the next module that wants it. */
  readonly found: Map<string, KnownUtility | undefined>
}

/** A file with what it imports. */
export interface KnownUtility extends FoundUtility {
  readonly imports: readonly PythonImport[]
}

export interface WantedUtility {
  readonly name: readonly string[]
  /** The last part may be something within a module. */
  readonly isAmbiguous: boolean
  /** Something below it was redirected, so there may be no such folder. */
  readonly holdsRedirected: boolean
}

export interface FoundUtility extends PythonFile {
  readonly isRedirected: boolean
}

/** Names under which something imported is looked for, in order. */
export function candidatesOf({ name, isAmbiguous }: WantedUtility): readonly (readonly string[])[] {
  if (name[2] === 'six' && name[0] === 'ansible') return [name.slice(0, 3)]
  return isAmbiguous && name.length > rootOf(name) + 1 ? [name, name.slice(0, -1)] : [name]
}

/** Finds what is imported as a file, as a package, by a redirect, or as an empty package that must be there. */
export function findUtility(wanted: WantedUtility, sources: UtilitySources): KnownUtility | undefined {
  const key = JSON.stringify([wanted.name.join('.'), wanted.isAmbiguous, wanted.holdsRedirected])
  if (sources.found.has(key)) return sources.found.get(key)
  const found = search(wanted, sources)
  const known = found && { ...found, imports: importsOf(found) }
  sources.found.set(key, known)
  return known
}

function search(wanted: WantedUtility, sources: UtilitySources): FoundUtility | undefined {
  for (const name of candidatesOf(wanted)) {
    const found = name[0] === 'ansible' ? inFolders(name, sources) ?? redirected(name, sources) : redirected(name, sources) ?? inCollection(name, sources)
    if (found !== undefined) return found
  }
  return wanted.holdsRedirected ? emptyPackage(wanted.name) : undefined
}

/** Parts before those that are names of module_utils. */
function rootOf(name: readonly string[]): number {
  return name[0] === 'ansible' ? 2 : 5
}

function inFolders(name: readonly string[], { folders }: UtilitySources): FoundUtility | undefined {
  for (const folder of folders()) {
    const found = fileAt(name, join(folder, ...name.slice(2)))
    if (found !== undefined) return found
  }
  return undefined
}

function inCollection(name: readonly string[], { collection }: UtilitySources): FoundUtility | undefined {
  const folder = collection(name.slice(1, 3).join('.'))
  if (name.length <= 5) return emptyPackage(name)
  if (folder === undefined) return undefined
  const path = join(folder, ...name.slice(3))
  // Folders of collections are packages whether or not they say so.
  return fileAt(name, path) ?? (existsSync(path) ? emptyPackage(name) : undefined)
}

function fileAt(name: readonly string[], path: string): FoundUtility | undefined {
  const init = join(path, '__init__.py')
  if (existsSync(init)) return { name, isPackage: true, source: readFileSync(init, 'utf8'), isRedirected: false }
  const file = `${path}.py`
  return existsSync(file) ? { name, isPackage: false, source: readFileSync(file, 'utf8'), isRedirected: false } : undefined
}

/** The old name is made to mean the module of the new name. */
function redirected(name: readonly string[], { redirect }: UtilitySources): FoundUtility | undefined {
  const rest = name.slice(rootOf(name)).join('.')
  if (rest === '') return undefined
  const target = redirect(name[0] === 'ansible' ? 'ansible.builtin' : name.slice(1, 3).join('.'), rest)
  if (target === undefined) return undefined
  const [namespace, collection, ...parts] = target.split('.')
  const full = target.startsWith('ansible_collections.') ? target : ['ansible_collections', namespace, collection, 'plugins.module_utils', ...parts].join('.')
  return { name, isPackage: true, source: `import sys\nimport ${full} as target\nsys.modules['${name.join('.')}'] = target\n`, isRedirected: true }
}

function emptyPackage(name: readonly string[]): FoundUtility {
  return { name, isPackage: true, source: '', isRedirected: true }
}
