import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { PluginKind } from '../plugins/load-plugins.ts'
import type { Filter, Lookup, Registry, Test } from '../types.ts'
import type { PythonBridge, PythonFile } from './python-bridge.ts'
import { loadPython } from './python-plugins.ts'

const FOLDERS: Readonly<Record<PluginKind, string>> = { filters: 'filter', tests: 'test', lookups: 'lookup' }

/** Filters, tests and lookups of collections, found by their full names when a template first needs them. */
export class CollectionPlugins {
  readonly #bridge: PythonBridge
  readonly #roots: () => readonly string[]
  readonly #warn: (diagnostic: Diagnostic) => void
  readonly #folders = new Map<string, Partial<Registry>>()

  constructor({ bridge, roots, warn }: { readonly bridge: PythonBridge, readonly roots: () => readonly string[], readonly warn: (diagnostic: Diagnostic) => void }) {
    this.#bridge = bridge
    this.#roots = roots
    this.#warn = warn
  }

  find(kind: PluginKind, full: string): Filter | Test | Lookup | undefined {
    const [namespace, collection, ...rest] = full.split('.')
    const name = rest.at(-1)
    if (namespace === undefined || collection === undefined || name === undefined || namespace === 'ansible') return undefined
    const inner = ['plugins', FOLDERS[kind], ...rest.slice(0, -1)]
    const folder = this.#roots().map((root) => join(root, 'ansible_collections', namespace, collection, ...inner)).find((path) => existsSync(path))
    if (folder === undefined) return undefined
    const known = this.#folders.get(`${kind} ${folder}`) ?? this.#load({ kind, folder, module: `ansible_collections.${namespace}.${collection}.${inner.join('.')}` })
    return known[kind]?.get(name)
  }

  /** A file may have plugins of other names: all of a folder are read, once. */
  #load({ kind, folder, module }: { readonly kind: PluginKind, readonly folder: string, readonly module: string }): Partial<Registry> {
    const files = readdirSync(folder).filter((name) => /^[^_.].*\.py$/.test(name)).sort().map((name): PythonFile => ({ kind, path: join(folder, name), name: `${module}.${name.slice(0, -3)}` }))
    const { additions, diagnostics } = loadPython(files, this.#bridge)
    this.#folders.set(`${kind} ${folder}`, additions)
    diagnostics.forEach(this.#warn)
    return additions
  }
}
