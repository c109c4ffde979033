import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import { listOf } from '../iterate.ts'
import type { PluginFolder } from '../plugins/load-plugins.ts'
import type { Filter, Lookup, Registry, Test } from '../types.ts'
import type { PythonBridge, PythonFile } from './python-bridge.ts'

/** What files of plugins in Python have, and those that cannot be loaded. */
export interface LoadedPython {
  readonly additions: Partial<Registry>
  readonly diagnostics: readonly Diagnostic[]
}

/** The files of plugins in Python that a folder holds. */
export function pythonFiles({ kind, path, isDeep = false }: PluginFolder): readonly PythonFile[] {
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: isDeep, encoding: 'utf8' }).filter((name) => /(?:^|\/)[^_./][^/]*\.py$/.test(name)).sort().map((name) => ({ kind, path: join(path, name) }))
}

/** Loads files of plugins in Python; one that fails is left out with a warning, as in Ansible. */
export function loadPython(files: readonly PythonFile[], bridge: PythonBridge): LoadedPython {
  const additions = { filters: new Map<string, Filter>(), tests: new Map<string, Test>(), lookups: new Map<string, Lookup>() }
  const diagnostics: Diagnostic[] = []
  for (const file of files) {
    try {
      for (const key of namesIn(file, bridge)) add(additions, { file, key, bridge })
    } catch (error) {
      diagnostics.push(skipped(file, error))
    }
  }
  return { additions, diagnostics }
}

/** A lookup is named as its file, which is loaded when it is first used. */
function namesIn(file: PythonFile, bridge: PythonBridge): readonly string[] {
  return file.kind === 'lookups' ? [basename(file.path, '.py')] : bridge.load(file)
}

interface Additions {
  readonly filters: Map<string, Filter>
  readonly tests: Map<string, Test>
  readonly lookups: Map<string, Lookup>
}

function add({ filters, tests, lookups }: Additions, { file, key, bridge }: { readonly file: PythonFile, readonly key: string, readonly bridge: PythonBridge }): void {
  const call: Filter = (args, named, context) => bridge.call({ ...file, key, args, named }, context)
  if (file.kind === 'filters') filters.set(key, call)
  else if (file.kind === 'tests') tests.set(key, (...given) => isTrue(call(...given)))
  else {
    let isLoaded = false
    lookups.set(key, (...given) => {
      if (!isLoaded) bridge.load(file)
      isLoaded = true
      return resultsOf(call(...given))
    })
  }
}

function resultsOf(value: Value): ReturnType<Lookup> {
  return value instanceof Map ? value : listOf(value) ?? [value]
}

const NOUNS = { filters: 'filter', tests: 'test', lookups: 'lookup' } as const

function skipped({ kind, path }: PythonFile, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    code: 'plugin-skipped', severity: 'warning',
    summary: `Skipping ${NOUNS[kind]} plugins in ${path} as it seems to be invalid: ${reason}`,
    hint: 'Plugins in Python need a python3 on the control host with what they import, or can be written in TypeScript',
  }
}
