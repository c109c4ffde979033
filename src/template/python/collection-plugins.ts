import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { PluginKind } from '../plugins/load-plugins.ts'
import type { Filter, Lookup, Registry, Test } from '../types.ts'
import type { PythonBridge } from './python-bridge.ts'
import { type LoadedPython, loadPython } from './python-plugins.ts'

const FOLDERS: Readonly<Record<PluginKind, string>> = { filters: 'filter', tests: 'test', lookups: 'lookup' }

const BUILT_IN: ReadonlySet<string> = new Set(['ansible.builtin', 'ansible.legacy'])

/** Filters, tests and lookups of collections, found by their full names when a template first needs them. */
export class CollectionPlugins {
  readonly #bridge: PythonBridge
  readonly #roots: () => readonly string[]
  readonly #warn: (diagnostic: Diagnostic) => void
  readonly #files = new Map<string, Partial<Registry>>()

  constructor({ bridge, roots, warn }: { readonly bridge: PythonBridge, readonly roots: () => readonly string[], readonly warn: (diagnostic: Diagnostic) => void }) {
    this.#bridge = bridge
    this.#roots = roots
    this.#warn = warn
  }

  find(kind: PluginKind, full: string): Filter | Test | Lookup | undefined {
    // A name may be text that a template computed: it must not lead anywhere else.
    if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/.test(full)) return undefined
    const [namespace = '', collection = '', ...rest] = full.split('.')
    const name = rest.at(-1) ?? ''
    if (BUILT_IN.has(`${namespace}.${collection}`)) return undefined
    const inner = ['plugins', FOLDERS[kind], ...rest.slice(0, -1)]
    const folder = this.#roots().map((root) => join(root, 'ansible_collections', namespace, collection, ...inner)).find((path) => existsSync(path))
    if (folder === undefined) return undefined
    const place = { kind, folder, module: `ansible_collections.${namespace}.${collection}.${inner.join('.')}` }
    // Mostly a file has the name of its plugin: others need not be read then.
    return this.#loaded(place, `${name}.py`)[kind]?.get(name) ?? this.#inAnyFile(place, name)
  }

  #inAnyFile(place: Place, name: string): Filter | Test | Lookup | undefined {
    if (place.kind === 'lookups') return undefined
    const files = readdirSync(place.folder).filter((file) => /^[^_.].*\.py$/.test(file)).sort()
    return files.map((file) => this.#loaded(place, file)[place.kind]?.get(name)).find((plugin) => plugin !== undefined)
  }

  /** What a file has; it is read once. */
  #loaded({ kind, folder, module }: Place, file: string): Partial<Registry> {
    const path = join(folder, file)
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const { additions, diagnostics } = existsSync(path) ? loadPython([{ kind, path, name: `${module}.${file.slice(0, -3)}` }], this.#bridge) : NOTHING
    this.#files.set(path, additions)
    diagnostics.forEach(this.#warn)
    return additions
  }
}

interface Place {
  readonly kind: PluginKind
  readonly folder: string
  /** The name of its package. */
  readonly module: string
}

const NOTHING: LoadedPython = { additions: {}, diagnostics: [] }
