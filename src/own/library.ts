import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { modulesIn } from './find/module-files.ts'

/** Folders of people's own: those beside playbooks and roles, in the order in which they are read, before those of the settings. */
export class Library {
  readonly #config: Config
  readonly #known = new Set<string>()
  readonly #modules = new Map<string, string>()
  readonly #actions = new Map<string, string>()
  readonly #utilities: string[] = []
  #configured: Map<string, string> | undefined

  constructor(config: Config) {
    this.#config = config
  }

  /** Tells of the folder of a playbook or role; true when there is anything in it that was not known. */
  found(folder: string): boolean {
    if (this.#known.has(folder)) return false
    this.#known.add(folder)
    const before = this.#modules.size + this.#actions.size + this.#utilities.length
    const ignored = this.#config.get('MODULE_IGNORE_EXTS')
    for (const [name, path] of modulesIn(join(folder, 'library'), { ignored })) if (!this.#modules.has(name)) this.#modules.set(name, path)
    for (const [name, path] of actionsIn(join(folder, 'action_plugins'))) if (!this.#actions.has(name)) this.#actions.set(name, path)
    const utilities = join(folder, 'module_utils')
    if (existsSync(utilities)) this.#utilities.push(utilities)
    return this.#modules.size + this.#actions.size + this.#utilities.length > before
  }

  /** The file of a module. */
  module(name: string): string | undefined {
    return this.#modules.get(name) ?? this.#fromSettings().get(name)
  }

  /** A plugin in Python that would do half of the work of a module. */
  action(name: string): string | undefined {
    return this.#actions.get(name)
  }

  /** Folders that stand for `ansible.module_utils`. */
  utilities(): readonly string[] {
    return [...this.#utilities, ...this.#config.get('DEFAULT_MODULE_UTILS_PATH')]
  }

  modules(): ReadonlyMap<string, string> {
    return new Map([...this.#fromSettings(), ...this.#modules])
  }

  #fromSettings(): Map<string, string> {
    if (this.#configured !== undefined) return this.#configured
    const ignored = this.#config.get('MODULE_IGNORE_EXTS')
    this.#configured = new Map(this.#config.get('DEFAULT_MODULE_PATH').toReversed().flatMap((folder) => [...modulesIn(folder, { ignored, depth: 2 })]))
    return this.#configured
  }
}

function actionsIn(folder: string): readonly (readonly [string, string])[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((file) => /^[a-z]\w*\.py$/.test(file)).map((file) => [file.slice(0, -3), join(folder, file)])
}
