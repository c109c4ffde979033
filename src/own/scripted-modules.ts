import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from '../diagnostics/types.ts'
import type { Module } from '../module/module.ts'
import { acceptTypeScript } from '../template/plugins/accept-typescript.ts'
import { importFile } from '../template/plugins/import-file.ts'
import * as api from './api.ts'

const KEY = 'tsplay.modules'

/** Imports modules in TypeScript and JavaScript: those that could be, by path, and what is wrong with the others. */
export async function importModules(paths: readonly string[]): Promise<{ readonly modules: ReadonlyMap<string, Module>, readonly diagnostics: readonly Diagnostic[] }> {
  offerApi()
  if (paths.some((path) => path.endsWith('ts'))) acceptTypeScript()
  const modules = new Map<string, Module>()
  const diagnostics: Diagnostic[] = []
  for (const path of paths) {
    try {
      modules.set(path, moduleOf(await importFile(pathToFileURL(path).href) as Readonly<Record<string, unknown>>))
    } catch (error) {
      diagnostics.push({ code: 'plugin-failed', severity: 'error', summary: `Cannot load the module ${path}: ${error instanceof Error ? error.message : String(error)}` })
    }
  }
  return { modules, diagnostics }
}

/** Files of people's own find the one `tsplay` that runs them, wherever they are. */
function offerApi(): void {
  const place = globalThis as unknown as Record<symbol, unknown>
  if (place[Symbol.for(KEY)] !== undefined) return
  place[Symbol.for(KEY)] = api
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`)
}

const SOURCE = `export const { ${Object.keys(api).join(', ')} } = globalThis[Symbol.for('${KEY}')]`
const HOOKS = `
const url = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(SOURCE)}`)}
export function resolve(specifier, context, next) {
  return specifier === 'tsplay' ? { url, shortCircuit: true } : next(specifier, context)
}
`

/** The default export, or the only one. */
function moduleOf({ default: main, ...named }: Readonly<Record<string, unknown>>): Module {
  const found = [main, ...Object.values(named)].filter(isModule)
  const [module] = found
  if (module === undefined) throw new Error('it exports no module: use `export default defineModule({ ... })`')
  return module
}

function isModule(value: unknown): value is Module {
  return typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'state' || value.kind === 'action') && 'args' in value && 'name' in value
}
