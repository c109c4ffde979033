import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { didYouMean } from '../diagnostics/nearest.ts'
import type { SourceRange } from '../diagnostics/types.ts'
import { expandHome } from '../text/expand-home.ts'
import type { LoadContext } from './load-context.ts'
import { isFolder, namesIn, shownPath } from '../yaml/source-store.ts'

/** A role's folder and the name it goes by. */
export interface FoundRole {
  readonly name: string
  readonly path: string
}

/** Finds a role as Ansible does; a missing one is reported with the places tried and the nearest names. */
export function findRole(name: string, context: LoadContext, range: SourceRange | undefined): FoundRole | undefined {
  const found = searchRole(name, context, range)
  if (found !== undefined) context.options.foundFolder?.(found.path)
  return found
}

function searchRole(name: string, context: LoadContext, range: SourceRange | undefined): FoundRole | undefined {
  const inCollections = collectionRoles(name, context)
  const qualified = inCollections.find(({ path }) => isFolder(path))
  if (qualified !== undefined) return qualified
  const folders = roleFolders(context)
  const plain = folders.map((folder) => ({ name, path: join(folder, name) })).find(({ path }) => !isAbsolute(name) && isFolder(path))
  const found = plain ?? byPath(name, context)
  if (found === undefined && name.includes(',')) {
    context.problems.error('missing-role', `Cannot use '${name}' as a role's name`, {
      range, hint: 'Write each role as an entry of its own', ansible: `Invalid old style role requirement: ${name}`,
    })
  } else if (found === undefined) {
    const known = folders.flatMap((folder) => namesIn(folder).filter((entry) => isFolder(join(folder, entry))))
    context.problems.error('missing-role', `Cannot find the role '${name}'`, {
      range,
      detail: `Looked in ${[...inCollections.map(({ path }) => dirname(path)), ...folders].map(shownPath).join(', ')}`,
      hint: didYouMean(name, known),
      ansible: `the role '${name}' was not found`,
    })
  }
  return found
}

const DEFAULT_ROLES = [join(homedir(), '.ansible/roles'), '/usr/share/ansible/roles', '/etc/ansible/roles']
const DEFAULT_COLLECTIONS = [join(homedir(), '.ansible/collections'), '/usr/share/ansible/collections']

/** Folders that may hold `ansible_collections`. */
export function collectionFolders({ playFolder, options }: Pick<LoadContext, 'playFolder' | 'options'>): string[] {
  return [join(playFolder, 'collections'), ...orDefault(options.collectionsPath, DEFAULT_COLLECTIONS), ...options.pythonFolders?.() ?? []]
}

function roleFolders({ playFolder, options, role }: LoadContext): string[] {
  const beside = role === undefined ? [] : [resolve(role.role.path, '..')]
  return [...new Set([join(playFolder, 'roles'), ...orDefault(options.rolesPath, DEFAULT_ROLES), ...beside, playFolder])]
}

function orDefault(paths: readonly string[] | undefined, otherwise: readonly string[]): readonly string[] {
  return paths === undefined || paths.length === 0 ? otherwise : paths
}

function byPath(name: string, { playFolder }: LoadContext): FoundRole | undefined {
  const path = resolve(playFolder, expandHome(name))
  return isFolder(path) && (name.includes('/') || name.startsWith('.')) ? { name: basename(path), path } : undefined
}

/** `namespace.collection.role`, and plain names in the collections that `collections:` lists. */
function collectionRoles(name: string, context: LoadContext): FoundRole[] {
  const parts = name.split('.')
  const qualified = parts.length >= 3 && parts.every((part) => /^\w+$/.test(part)) ? [name] : []
  const listed = name.includes('.') || name.includes('/') ? [] : context.collections.map((collection) => `${collection}.${name}`)
  return [...qualified, ...listed].flatMap((full) => {
    const [namespace = '', collection = '', ...rest] = full.split('.')
    return collectionFolders(context).map((folder) => ({
      name: full,
      path: join(folder, 'ansible_collections', namespace, collection, 'roles', ...rest),
    }))
  })
}
