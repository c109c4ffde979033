import { existsSync, readdirSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Registry } from '../types.ts'
import { asFilter, asLookup, asTest, type PluginFunction } from './plugin-functions.ts'
import { acceptTypeScript } from './accept-typescript.ts'
import { importFile } from './import-file.ts'

export type PluginKind = 'filters' | 'tests' | 'lookups'

export interface PluginFolder {
  readonly kind: PluginKind
  readonly path: string
  /** Folders in it count too, for plugins in Python. */
  readonly isDeep?: boolean
}

export interface LoadedPlugins {
  readonly additions: Partial<Registry>
  readonly diagnostics: readonly Diagnostic[]
}

/** Imports filters, tests and lookups of people's own from folders, the last one of a name winning. */
export async function loadPlugins(folders: readonly PluginFolder[]): Promise<LoadedPlugins> {
  const files = folders.flatMap(({ kind, path }) => pluginFiles(path).map((file) => ({ kind, file })))
  if (files.some(({ file }) => file.endsWith('ts'))) acceptTypeScript()
  const filters = new Map<string, ReturnType<typeof asFilter>>()
  const tests = new Map<string, ReturnType<typeof asTest>>()
  const lookups = new Map<string, ReturnType<typeof asLookup>>()
  const add: Readonly<Record<PluginKind, (name: string, run: PluginFunction) => void>> = {
    filters: (name, run) => { filters.set(name, asFilter(name, run)) },
    tests: (name, run) => { tests.set(name, asTest(name, run)) },
    lookups: (name, run) => { lookups.set(name, asLookup(name, run)) },
  }
  const diagnostics: Diagnostic[] = []
  for (const { kind, file } of files) {
    try {
      for (const [name, run] of functionsOf(await importFile(pathToFileURL(file).href), file)) add[kind](name, run)
    } catch (error) {
      diagnostics.push({ code: 'plugin-failed', severity: 'error', summary: `Cannot load ${file}: ${error instanceof Error ? error.message : String(error)}` })
    }
  }
  return { additions: { filters, tests, lookups }, diagnostics }
}

function pluginFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => /(?<!\.d|\.test)\.(?:[cm]?js|m?ts)$/.test(name)).sort().map((name) => join(folder, name))
}

/** Each exported function under its name; the default one under the file's, a default object's functions under theirs. */
function functionsOf(exported: unknown, file: string): [string, PluginFunction][] {
  const { default: main, ...named } = { ...exported as Readonly<Record<string, unknown>> }
  const own = typeof main === 'function' ? { [basename(file, extname(file))]: main } : typeof main === 'object' ? main : {}
  return [...Object.entries<unknown>({ ...own }), ...Object.entries(named)].flatMap(([name, value]) => typeof value === 'function' ? [[name, value as PluginFunction]] : [])
}
