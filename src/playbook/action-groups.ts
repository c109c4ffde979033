import { join } from 'node:path'
import { reprOf } from '../value/text.ts'
import type { Dict, Value } from '../value/value.ts'
import { isFile, type SourceStore } from '../yaml/source-store.ts'
import { Problems } from '../yaml/problems.ts'
import { readVariables } from '../yaml/variables-file.ts'
import { BUILTIN_GROUPS } from './builtin-groups.ts'

/** The modules that `module_defaults` means by a group, and what is odd about how its collection lists them. */
export interface ActionGroup {
  /** Full names; undefined where no collection on this machine has the group. */
  readonly actions: readonly string[] | undefined
  readonly warnings: readonly string[]
}

/** Finds groups in `meta/runtime.yml` of collections; each is worked out once. */
export class ActionGroups {
  readonly #sources: SourceStore
  readonly #folders: (playFolder: string) => readonly string[]
  readonly #known = new Map<string, Resolved>()

  constructor(sources: SourceStore, folders: (playFolder: string) => readonly string[]) {
    this.#sources = sources
    this.#folders = folders
  }

  find(name: string, playFolder: string): ActionGroup {
    const full = fullGroupName(name)
    const { actions, warnings } = this.#resolve(full, playFolder)
    return { actions: actions && [...actions], warnings }
  }

  #resolve(name: string, playFolder: string): Resolved {
    const key = `${playFolder}\n${name}`
    const known = this.#known.get(key)
    if (known) return known
    const collection = collectionOf(name)
    const entries = this.#entries(collection, name, playFolder)
    const group: Resolved = { actions: entries && namedIn(entries, collection), warnings: entries ? warningsOf(entries, name) : [] }
    // Noted before what it extends is looked at: two groups may extend one another.
    this.#known.set(key, group)
    for (const other of entries?.flatMap(extendedBy) ?? []) {
      for (const action of this.#resolve(fullName(other, collection), playFolder).actions ?? []) group.actions?.add(action)
    }
    return group
  }

  #entries(collection: string, name: string, playFolder: string): readonly Value[] | undefined {
    const short = name.slice(collection.length + 1)
    if (collection === 'ansible.builtin') return BUILTIN_GROUPS.get(short)
    const groups = this.#runtime(collection, playFolder)?.get('action_groups')
    const entries = groups instanceof Map ? groups.get(name) ?? groups.get(short) : undefined
    return Array.isArray(entries) ? entries : undefined
  }

  /** What is wrong with the file itself is no matter of the playbook. */
  #runtime(collection: string, playFolder: string): Dict | undefined {
    const paths = this.#folders(playFolder).map((folder) => join(folder, 'ansible_collections', ...collection.split('.'), 'meta/runtime.yml'))
    const path = paths.find((candidate) => isFile(candidate))
    return path === undefined ? undefined : readVariables(path, { sources: this.#sources, problems: new Problems() })
  }
}

interface Resolved {
  readonly actions: Set<string> | undefined
  readonly warnings: readonly string[]
}

function namedIn(entries: readonly Value[], collection: string): Set<string> {
  return new Set(entries.filter((entry) => typeof entry === 'string').map((entry) => fullName(entry, collection)))
}

/** A group of no collection is ansible-core's. */
export function fullGroupName(name: string): string {
  return fullName(name, 'ansible.builtin')
}

/** What has no collection in its name is of the one that names it. */
function fullName(name: string, collection: string): string {
  return name.split('.').length >= 3 ? name : `${collection}.${name}`
}

function collectionOf(name: string): string {
  return name.split('.').slice(0, 2).join('.')
}

function extendedBy(entry: Value): readonly string[] {
  const metadata = entry instanceof Map ? entry.get('metadata') : undefined
  const extended = metadata instanceof Map ? metadata.get('extend_group') : undefined
  return (Array.isArray(extended) ? extended : [extended]).filter((name) => typeof name === 'string')
}

/** In ansible-core's words. */
function warningsOf(entries: readonly Value[], name: string): readonly string[] {
  const dicts = entries.filter((entry) => entry instanceof Map)
  return dicts.flatMap((entry, index) => {
    const wrong = complaints(entry, dicts.slice(0, index).some((before) => before.get('metadata') instanceof Map))
    return wrong.length === 0 ? [] : [[`Invalid metadata was found for action_group ${name} while loading module_defaults.`, ...wrong].join(' ')]
  })
}

function complaints(entry: Dict, isSecond: boolean): string[] {
  const metadata = entry.get('metadata')
  if (entry.size !== 1 || metadata === undefined) return [`The only expected key is metadata, but got keys: ${[...entry.keys()].map(String).sort().join(', ')}`]
  return [...isSecond ? ['The group contains multiple metadata entries.'] : [], ...metadataComplaints(metadata)]
}

function metadataComplaints(metadata: Value): string[] {
  if (!(metadata instanceof Map)) return [`The metadata is not a dictionary. Got ${reprOf(metadata)}`]
  const unknown = [...metadata.keys()].filter((key) => key !== 'extend_group')
  const extended = metadata.get('extend_group')
  return [
    ...unknown.length > 0 ? [`The metadata contains unexpected keys: ${unknown.map(String).join(', ')}`] : [],
    ...extended === undefined || typeof extended === 'string' || Array.isArray(extended) ? [] : [`The metadata contains unexpected key types: extend_group is ${reprOf(extended)} (expected type list)`],
  ]
}
