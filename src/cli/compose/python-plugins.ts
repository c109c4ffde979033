import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { controlPython } from '../../inventory/control-python.ts'
import type { PluginFolder } from '../../template/plugins/load-plugins.ts'
import type { PythonBridge } from '../../template/python/python-bridge.ts'
import type { Templar } from '../../template/types.ts'

/** Where the package of a distribution puts collections. */
const PACKAGED = '/usr/lib/python3/dist-packages'

/** Plugins in Python: nothing of them is loaded unless there are any. */
export class PythonPlugins {
  readonly #templar: Templar
  readonly #config: Config
  readonly #beside = new Set<string>()
  #bridge: PythonBridge | undefined
  #hasCollections = false
  #installed: () => readonly string[] = () => []

  constructor(templar: Templar, config: Config) {
    this.#templar = templar
    this.#config = config
  }

  /** Tells of the folder of a playbook or role. */
  found(folder: string): void {
    this.#beside.add(join(folder, 'collections'))
  }

  /** Makes plugins of these folders, and of collections, known. */
  async load(folders: readonly PluginFolder[]): Promise<readonly Diagnostic[]> {
    await this.#findCollections()
    if (!folders.some(({ path, isDeep }) => hasPython(path, isDeep))) return []
    const { loadPython, pythonFiles } = await import('../../template/python/python-plugins.ts')
    const { additions, diagnostics } = loadPython(folders.flatMap(pythonFiles), await this.#opened())
    this.#templar.add(additions)
    return diagnostics
  }

  async #findCollections(): Promise<void> {
    if (this.#hasCollections || ![...this.#roots(), PACKAGED].some((root) => existsSync(join(root, 'ansible_collections')))) return
    this.#hasCollections = true
    const { CollectionPlugins } = await import('../../template/python/collection-plugins.ts')
    const { pythonFolders } = await import('../../own/find/python-folders.ts')
    this.#installed = () => pythonFolders(process.env)
    const collections = new CollectionPlugins({ bridge: await this.#opened(), roots: () => this.#allRoots(), warn: (diagnostic) => { this.#templar.warn(diagnostic) } })
    this.#templar.add({ find: (kind, name) => collections.find(kind, name) })
  }

  async #opened(): Promise<PythonBridge> {
    if (this.#bridge !== undefined) return this.#bridge
    const { PythonBridge } = await import('../../template/python/python-bridge.ts')
    const { installedCore, pythonFolders } = await import('../../own/find/python-folders.ts')
    this.#bridge = new PythonBridge({ python: controlPython(), collections: () => this.#allRoots(), core: () => installedCore(pythonFolders(process.env))?.path })
    return this.#bridge
  }

  /** Those beside an installed ansible-core come last. */
  #allRoots(): readonly string[] {
    return [...this.#roots(), ...this.#installed()]
  }

  #roots(): readonly string[] {
    return [...this.#beside, ...this.#config.get('COLLECTIONS_PATHS')]
  }
}

function hasPython(path: string, isDeep = false): boolean {
  return readdirSync(path, { recursive: isDeep, encoding: 'utf8' }).some((name) => name.endsWith('.py'))
}
