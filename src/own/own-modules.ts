import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { nearestNames } from '../diagnostics/nearest.ts'
import { defineAction } from '../module/define-module.ts'
import type { Module, Obstacle } from '../module/module.ts'
import type { ModuleRegistry } from '../module/registry.ts'
import { Collections, type CollectionModule } from './find/collections.ts'
import type { Notice } from './find/routing.ts'
import { installedCore, pythonFolders, type InstalledCore } from './find/python-folders.ts'
import type { FoundModule } from './found-module.ts'
import { Library } from './library.ts'
import { styleOf } from './module-style.ts'
import { pythonModule } from './python/python-module.ts'
import type { UtilitySources } from './python/find-utility.ts'
import { executableModule } from './run/executable-module.ts'

/** What the engine does itself, and what is read before it: never a file. */
const CONTROLS: ReadonlySet<string> = new Set(['meta', 'include', 'include_tasks', 'include_role', 'import_tasks', 'import_role', 'import_playbook', 'include_vars', 'async_status'])
const MOST_REDIRECTS = 10

/** The native modules, and those of people's own: beside playbooks and roles, in folders of the settings, in collections, in an installed ansible-core. */
export class OwnModules implements ModuleRegistry {
  readonly #native: ModuleRegistry
  readonly #rejected: ReadonlySet<string>
  readonly #config: Config
  readonly #library: Library
  readonly #collections: Collections
  readonly #playFolders = new Set<string>()
  readonly #byPath = new Map<string, Module>()
  readonly #byName = new Map<string, Module | undefined>()
  readonly #utilities: UtilitySources['found'] = new Map()
  readonly #deprecations = new Map<string, string>()
  readonly #waiting = new Set<string>()
  #python: readonly string[] | undefined
  #core: { readonly found: InstalledCore | undefined } | undefined

  /** Those that are rejected are not there, whoever has them. */
  constructor(native: ModuleRegistry, config: Config, rejected: ReadonlySet<string> = new Set()) {
    this.#native = native
    this.#rejected = rejected
    this.#config = config
    this.#library = new Library(config)
    this.#collections = new Collections({ roots: () => this.#roots(), core: () => this.#installed(), ignored: config.get('MODULE_IGNORE_EXTS') })
  }

  /** Tells of the folder of a playbook or role. */
  found(folder: string): void {
    const before = this.#playFolders.size
    this.#playFolders.add(folder)
    if (this.#playFolders.size > before) this.#collections.forget()
    if (!this.#library.found(folder)) return
    this.#byName.clear()
    this.#utilities.clear()
    for (const path of this.#library.modules().values()) this.#want(path)
  }

  /** Imports what is in TypeScript or JavaScript. */
  async load(): Promise<readonly Diagnostic[]> {
    if (this.#waiting.size === 0) return []
    const paths = [...this.#waiting]
    this.#waiting.clear()
    this.#byName.clear()
    const { importModules } = await import('./scripted-modules.ts')
    const { modules, diagnostics } = await importModules(paths)
    for (const [path, module] of modules) this.#byPath.set(path, module)
    return diagnostics
  }

  /** What a task means by a name: one of the collections it searches, one that comes with Ansible, or just the name. */
  resolve(name: string, collections: readonly string[]): string {
    const bare = name.replace(/^ansible\.(?:builtin|legacy)\./, '')
    if (bare !== name) return name.startsWith('ansible.builtin.') && this.#library.module(bare) !== undefined ? name : bare
    if (CONTROLS.has(name)) return name
    if (name.includes('.')) this.find(name)
    const listed = name.includes('.') ? undefined : collections.filter((collection) => !/^ansible\.(?:builtin|legacy)$/.test(collection)).find((collection) => this.find(`${collection}.${name}`) !== undefined)
    return listed === undefined ? name : `${listed}.${name}`
  }

  find(name: string): Module | undefined {
    if (this.#byName.has(name)) return this.#byName.get(name)
    const found = CONTROLS.has(name) ? this.#native.find(name) : this.#look(name)
    this.#byName.set(name, found)
    return found
  }

  deprecation(name: string): string | undefined {
    return this.#deprecations.get(name) ?? this.#deprecations.get(`ansible.builtin.${name}`)
  }

  nearest(name: string): readonly string[] {
    const native = this.#native.nearest(name)
    const own = nearestNames(name, this.#library.modules().keys())
    return [...new Set([...own, ...native])]
  }

  names(): readonly string[] {
    return [...new Set([...this.#native.names(), ...this.#library.modules().keys()])].sort()
  }

  #look(name: string): Module | undefined {
    const bare = name.replace(/^ansible\.legacy\./, '')
    if (this.#rejected.has(bare.replace(/^ansible\.builtin\./, ''))) return undefined
    const isCore = bare.startsWith('ansible.builtin.')
    if (isCore || !bare.includes('.')) {
      const own = isCore ? undefined : this.#own(bare)
      return own ?? this.#native.find(bare) ?? this.#collected(isCore ? bare : `ansible.builtin.${bare}`)
    }
    return this.#native.find(bare) ?? this.#collected(bare)
  }

  #own(name: string): Module | undefined {
    const action = this.#library.action(name)
    if (action !== undefined) return refused(name, pythonAction(name, action))
    const path = this.#library.module(name)
    return path === undefined ? undefined : this.#module({ name, path, fullName: ['ansible', 'modules', name] })
  }

  #collected(full: string): Module | undefined {
    let name = full
    for (let turn = 0; turn < MOST_REDIRECTS; turn++) {
      const found = this.#collections.module(name)
      if (found !== undefined && found.kind !== 'gone' && found.deprecation !== undefined) this.#deprecations.set(full, deprecationText(name, found.deprecation))
      if (found?.kind !== 'redirect') return found && this.#fromCollection(found)
      name = found.to
      const native = this.#native.find(name)
      if (native !== undefined) return native
    }
    return undefined
  }

  #fromCollection(found: Exclude<CollectionModule, { kind: 'redirect' }>): Module {
    if (found.kind === 'gone') return refused(found.name, { summary: `Cannot use module ${found.name}: it was removed${found.notice.warning_text === undefined ? '' : `. ${found.notice.warning_text}`}` })
    const { name, path, action } = found
    if (action !== undefined) return refused(name, pythonAction(name, action))
    const [namespace = '', collection = '', ...rest] = name.split('.')
    const isCore = namespace === 'ansible' && collection === 'builtin'
    return this.#module({ name: isCore ? rest.join('.') : name, path, fullName: isCore ? ['ansible', 'modules', ...rest] : ['ansible_collections', namespace, collection, 'plugins', 'modules', ...rest] })
  }

  #module(place: Omit<FoundModule, 'content'>): Module {
    const known = this.#byPath.get(place.path)
    if (known !== undefined) return known
    if (isScripted(place.path)) {
      this.#want(place.path)
      return refused(place.name, { summary: `Cannot use module ${place.name}: ${place.path} could not be loaded` })
    }
    const made = this.#made({ ...place, content: readFileSync(place.path) })
    this.#byPath.set(place.path, made)
    return made
  }

  #made(found: FoundModule): Module {
    const style = styleOf(found.content)
    if (style === 'powershell') return refused(found.name, { summary: `Cannot use module ${found.name}: ${found.path} is written in PowerShell, which tsplay does not run` })
    if (style !== 'python') return executableModule(found, { config: this.#config, style, version: this.#core?.found?.version ?? '2.19.0' })
    return pythonModule(found, {
      config: this.#config,
      core: () => this.#installed(),
      utilities: {
        folders: () => [...this.#library.utilities(), join(this.#installed()?.path ?? '/nowhere', 'module_utils')],
        collection: (name) => this.#collections.folder(name),
        found: this.#utilities,
        redirect: (collection, name) => this.#collections.route(collection, 'module_utils', name)?.redirect,
      },
    })
  }

  #want(path: string): void {
    if (isScripted(path) && !this.#byPath.has(path)) this.#waiting.add(path)
  }

  #roots(): readonly string[] {
    const beside = [...this.#playFolders].map((folder) => join(folder, 'collections'))
    return [...beside, ...this.#config.get('COLLECTIONS_PATHS'), ...this.pythonFolders()]
  }

  /** Where Python's packages bring collections. */
  pythonFolders(): readonly string[] {
    return this.#config.get('COLLECTIONS_SCAN_SYS_PATH') ? this.#pythonFolders() : []
  }

  #pythonFolders(): readonly string[] {
    return this.#python ??= pythonFolders(this.#config.environment as NodeJS.ProcessEnv)
  }

  #installed(): InstalledCore | undefined {
    this.#core ??= { found: installedCore(this.#pythonFolders()) }
    return this.#core.found
  }
}

/** In Ansible's words. */
function deprecationText(name: string, { removal_date: date, removal_version: version, warning_text: text }: Notice): string {
  const when = version !== undefined ? ` in version ${version}` : date !== undefined ? ` in a release after ${date}` : ''
  return `${name} has been deprecated.${text === undefined ? '' : ` ${text.trim().replace(/\.$/, '')}.`} This feature will be removed from ${name.split('.').slice(0, 2).join('.')}${when}`
}

function isScripted(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path)
}

function pythonAction(name: string, path: string): Obstacle {
  return {
    summary: `Cannot use module ${name}: its action plugin ${path} is written in Python, which tsplay does not run on the control host`,
    hint: 'Write it as a module in TypeScript: docs/modules-of-your-own.md tells how',
  }
}

/** Stands for what is there and cannot be used. */
function refused(name: string, obstacle: Obstacle): Module {
  return defineAction({
    name, summary: 'Cannot be used.', where: 'controller', check: 'run', acceptsAnyArgument: true, args: {}, examples: [],
    obstacle: () => obstacle,
    run: () => Promise.resolve({ changed: false, failed: true, msg: obstacle.summary }),
  })
}
