import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { OwnModules } from '../own/own-modules.ts'
import { CONTROLS, type Described } from './doc/controls.ts'
import { openConfig } from './compose/open-config.ts'
import { moduleText } from './doc/module-text.ts'

export interface DocOptions {
  readonly type?: 'module' | 'keyword'
  readonly json?: boolean
  readonly snippet?: boolean
  readonly list?: boolean
}

/** `tsplay doc`: modules or keywords; the list of all without a name. */
export async function docCommand(names: readonly string[], options: DocOptions = {}): Promise<number> {
  const wanted = options.list ? [] : names
  process.stdout.write(await (options.type === 'keyword' ? keywords(wanted) : modules(wanted, options)))
  return 0
}

async function keywords(names: readonly string[]): Promise<string> {
  const { keywordText } = await import('./doc/keyword-text.ts')
  return keywordText(names)
}

async function modules(names: readonly string[], { json, snippet }: DocOptions): Promise<string> {
  const found = names.length === 0 ? DESCRIBED : await findModules(names)
  if (json) return jsonText(found)
  if (snippet) return snippetText(found)
  return names.length === 0 ? listText() : found.map(moduleText).join('\n')
}

async function jsonText(modules: readonly Described[]): Promise<string> {
  const { moduleJson } = await import('./doc/module-json.ts')
  return `${JSON.stringify(Object.fromEntries(modules.map((module) => [module.name, moduleJson(module)])), undefined, 4)}\n`
}

async function snippetText(modules: readonly Described[]): Promise<string> {
  const { moduleSnippet } = await import('./doc/module-snippet.ts')
  return modules.map(moduleSnippet).join('\n')
}

/** Modules, and what steers a run. */
const DESCRIBED: readonly Described[] = [...MODULES, ...CONTROLS].sort((a, b) => a.name < b.name ? -1 : 1)

function listText(): string {
  const width = Math.max(...DESCRIBED.map((module) => module.name.length))
  return DESCRIBED.map((module) => `${module.name.padEnd(width)}  ${module.summary}\n`).join('')
}

/** Writes the reference of all modules into a folder, and takes away pages of modules that are gone. */
export async function writePages(folder: string): Promise<number> {
  const { modulePages } = await import('./doc/module-pages.ts')
  const pages = modulePages(DESCRIBED)
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.md') && !pages.has(name)) rmSync(join(folder, name))
  for (const [name, text] of pages) writeFileSync(join(folder, name), text)
  return 0
}

/** Those of people's own are looked for as a playbook in this folder would. */
async function findModules(names: readonly string[]): Promise<readonly Described[]> {
  const registry = new OwnModules(createModuleRegistry(MODULES), openConfig({}))
  registry.found(process.cwd())
  for (const name of names) registry.resolve(name, [])
  for (const { summary } of await registry.load()) process.stderr.write(`${summary}\n`)
  const find = (name: string): Described | undefined => CONTROLS.find((control) => control.name === name.replace(/^ansible\.(?:builtin|legacy)\./, '')) ?? registry.find(name)
  const missing = names.filter((name) => find(name) === undefined)
  if (missing.length > 0) throw new DiagnosticError(missing.map((name) => noModule(name, registry.nearest(name))))
  return names.flatMap((name) => find(name) ?? [])
}

function noModule(name: string, near: readonly string[]): Diagnostic {
  return {
    code: 'unknown-module', severity: 'error', summary: `Cannot describe '${name}': there is no such module`,
    ...near.length > 0 ? { hint: `Did you mean ${near.map((other) => `'${other}'`).join(' or ')}?` } : {},
  }
}
