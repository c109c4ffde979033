import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { moduleFile } from './module-files.ts'
import type { InstalledCore } from './python-folders.ts'
import { routeOf, type Notice, type Route } from './routing.ts'

export interface CollectionPlaces {
  /** Folders that hold `ansible_collections`, first come first. */
  readonly roots: () => readonly string[]
  readonly core: () => InstalledCore | undefined
  /** Endings of files that are no modules. */
  readonly ignored: readonly string[]
}

/** Where the name of a module leads. */
export type CollectionModule =
  | { readonly kind: 'file', readonly name: string, readonly path: string, readonly action: string | undefined, readonly deprecation: Notice | undefined }
  /** It is to be looked for under this name. */
  | { readonly kind: 'redirect', readonly to: string, readonly deprecation: Notice | undefined }
  | { readonly kind: 'gone', readonly name: string, readonly notice: Notice }

/** A name that leads to a file of its collection. */
interface Routed {
  readonly collection: string
  readonly rest: readonly string[]
  readonly deprecation: Notice | undefined
}

/** The collections that are installed on the control host, and ansible-core as the collection `ansible.builtin`. */
export class Collections {
  readonly #places: CollectionPlaces
  readonly #folders = new Map<string, string | undefined>()
  readonly #runtime = new Map<string, string>()

  constructor(places: CollectionPlaces) {
    this.#places = places
  }

  /** More places may hold what was not there. */
  forget(): void {
    this.#folders.clear()
  }

  /** The folder of a collection. */
  folder(collection: string): string | undefined {
    const known = this.#folders.get(collection)
    if (known !== undefined || this.#folders.has(collection)) return known
    const [namespace = '', name = ''] = collection.split('.')
    const found = this.#places.roots().map((root) => join(basename(root) === 'ansible_collections' ? root : join(root, 'ansible_collections'), namespace, name)).find((path) => existsSync(path))
    this.#folders.set(collection, found)
    return found
  }

  /** A module by its full name, one step of redirection at a time. */
  module(full: string): CollectionModule | undefined {
    const [namespace = '', name = '', ...rest] = full.split('.')
    const collection = `${namespace}.${name}`
    const route = this.route(collection, 'modules', rest.join('.')) ?? this.route(collection, 'action', rest.join('.'))
    if (route?.tombstone !== undefined) return { kind: 'gone', name: full, notice: route.tombstone }
    if (route?.redirect !== undefined) return { kind: 'redirect', to: route.redirect, deprecation: route.deprecation }
    return this.#file({ collection, rest, deprecation: route?.deprecation })
  }

  route(collection: string, kind: string, name: string): Route | undefined {
    return routeOf(this.#runtimeOf(collection), kind, name)
  }

  #file({ collection, rest, deprecation }: Routed): CollectionModule | undefined {
    const plugins = collection === 'ansible.builtin' ? this.#places.core()?.path : this.#pluginsOf(collection)
    if (plugins === undefined) return undefined
    const path = moduleFile(join(plugins, 'modules', ...rest.slice(0, -1)), rest.at(-1) ?? '', this.#places.ignored)
    const action = join(plugins, 'action', `${rest.join('/')}.py`)
    return path === undefined ? undefined : { kind: 'file', name: `${collection}.${rest.join('.')}`, path, action: existsSync(action) ? action : undefined, deprecation }
  }

  #pluginsOf(collection: string): string | undefined {
    const folder = this.folder(collection)
    return folder === undefined ? undefined : join(folder, 'plugins')
  }

  #runtimeOf(collection: string): string {
    const known = this.#runtime.get(collection)
    if (known !== undefined) return known
    const path = collection === 'ansible.builtin' ? join(this.#places.core()?.path ?? '/nowhere', 'config/ansible_builtin_runtime.yml') : join(this.folder(collection) ?? '/nowhere', 'meta/runtime.yml')
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    this.#runtime.set(collection, text)
    return text
  }
}
