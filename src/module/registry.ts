import type { Module } from './module.ts'
import { nearestNames } from '../diagnostics/nearest.ts'

/** Finds modules by every name that a playbook may use for them. */
export interface ModuleRegistry {
  /** By short name, `ansible.builtin.NAME`, `ansible.legacy.NAME` or alias. */
  find(name: string): Module | undefined
  /** What is to be said of a name that is still understood, but will not be for ever. */
  deprecation?(name: string): string | undefined
  /** Names like a misspelt one, best first. */
  nearest(name: string): readonly string[]
  /** Short names, sorted. */
  names(): readonly string[]
}

const BUILTIN_PREFIXES = ['ansible.builtin.', 'ansible.legacy.']

/** Where collections moved whole families of modules. */
const MOVED: readonly (readonly [string, string])[] = [
  ['community.general.postgresql_', 'community.postgresql.postgresql_'], ['community.general.mysql_', 'community.mysql.mysql_'],
]

export function createModuleRegistry(modules: readonly Module[]): ModuleRegistry {
  const byName = new Map<string, Module>()
  for (const module of modules) for (const name of namesOf(module)) byName.set(name, module)
  return {
    find: (name) => byName.get(withoutBuiltinPrefix(name)) ?? byName.get(movedTo(name)),
    nearest: (name) => nearestNames(withoutBuiltinPrefix(name), byName.keys()),
    names: () => modules.map((module) => module.name).sort(),
  }
}

/** An alias such as `ansible.posix.synchronize` answers to its full form; a plain one stands for itself. */
function namesOf(module: Module): readonly string[] {
  return [module.name, ...(module.aliases ?? [])]
}

function movedTo(name: string): string {
  const [from, to] = MOVED.find(([prefix]) => name.startsWith(prefix)) ?? ['', '']
  return to + name.slice(from.length)
}

function withoutBuiltinPrefix(name: string): string {
  const prefix = BUILTIN_PREFIXES.find((candidate) => name.startsWith(candidate))
  return prefix === undefined ? name : name.slice(prefix.length)
}
