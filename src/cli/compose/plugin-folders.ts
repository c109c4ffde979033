import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { OwnModules } from '../../own/own-modules.ts'
import type { Loaded, Loader } from '../../playbook/loader.ts'
import type { PluginFolder, PluginKind } from '../../template/plugins/load-plugins.ts'
import type { Templar } from '../../template/types.ts'
import { PythonPlugins } from './python-plugins.ts'

/** Folders of filters, tests, lookups and modules of people's own: those of the settings, and those beside each playbook and role that is read. */
export class PluginFolders {
  readonly #templar: Templar
  readonly #modules: OwnModules
  readonly #known = new Set<string>()
  readonly #python: PythonPlugins
  #waiting: PluginFolder[] = []

  constructor({ templar, modules }: { readonly templar: Templar, readonly modules: OwnModules }, config: Config) {
    this.#templar = templar
    this.#modules = modules
    this.#python = new PythonPlugins(templar, config)
    for (const path of config.get('DEFAULT_FILTER_PLUGIN_PATH')) this.#add('filters', path, true)
    for (const path of config.get('DEFAULT_TEST_PLUGIN_PATH')) this.#add('tests', path, true)
    for (const path of config.get('DEFAULT_LOOKUP_PLUGIN_PATH')) this.#add('lookups', path, true)
  }

  /** Tells of the folder of a playbook or role. */
  found(folder: string): void {
    this.#modules.found(folder)
    this.#python.found(folder)
    this.#add('filters', join(folder, 'filter_plugins'))
    this.#add('tests', join(folder, 'test_plugins'))
    this.#add('lookups', join(folder, 'lookup_plugins'))
  }

  /** The same loader, but what it reads comes with its plugins. */
  along(loader: Loader): Loader {
    const after = async <T>(reading: Promise<Loaded<T>>): Promise<Loaded<T>> => {
      const { value, diagnostics } = await reading
      return { value, diagnostics: [...diagnostics, ...await this.#load(), ...await this.#modules.load()] }
    }
    return {
      ...loader,
      playbook: (path) => after(loader.playbook(path)),
      source: (file, folder) => after(loader.source(file, folder)),
      tasks: (name, from) => after(loader.tasks(name, from)),
      role: (request, from) => after(loader.role(request, from)),
    }
  }

  #add(kind: PluginKind, path: string, isDeep = false): void {
    if (this.#known.has(path)) return
    this.#known.add(path)
    if (existsSync(path)) this.#waiting.push({ kind, path, isDeep })
  }

  async #load(): Promise<readonly Diagnostic[]> {
    const folders = this.#waiting
    this.#waiting = []
    if (folders.length === 0) return this.#python.load([])
    const { loadPlugins } = await import('../../template/plugins/load-plugins.ts')
    const { additions, diagnostics } = await loadPlugins(folders)
    this.#templar.add(additions)
    return [...diagnostics, ...await this.#python.load(folders)]
  }
}
