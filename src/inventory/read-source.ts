import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { Problems } from '../yaml/problems.ts'
import { isFolder, namesIn, shownPath } from '../yaml/source-store.ts'
import { pluginNamed } from './plugins.ts'
import { isSettingsConfiguration } from './settings/settings-plugin.ts'
import { NO_SOURCE } from './inventory-store.ts'
import type { SourceContext } from './source-context.ts'

/** Reads one source: a file, a folder of them, a script, a list of hosts. Whether anything could be read. */
export async function readSource(source: string, context: SourceContext): Promise<boolean> {
  const path = source.includes(',') && !existsSync(source) ? source : resolve(source)
  return isFolder(path) ? readFolder(path, context) : (await readAs(path, source, context)).parsed
}

interface Reading {
  readonly parsed: boolean
  /** Folders that were read with it. */
  readonly used: readonly string[]
}

/** Every source in a folder by name; folders of settings that a plugin configuration beside them reads are none. */
async function readFolder(folder: string, context: SourceContext): Promise<boolean> {
  const ignored = ignoredNames(context)
  const paths = namesIn(folder).filter((name) => !ignored.test(name)).map((name) => join(folder, name))
  const settingsHere = paths.some(isSettingsConfiguration)
  const ordered = settingsHere ? [...paths.filter((path) => !isFolder(path)), ...paths.filter(isFolder)] : paths
  const used = new Set<string>()
  let parsed = false
  for (const path of ordered.filter((candidate) => !used.has(candidate))) {
    if (isFolder(path)) {
      if (!used.has(path) && await readFolder(path, context)) parsed = true
      continue
    }
    const reading = await readAs(path, undefined, context)
    for (const other of reading.used) used.add(other)
    parsed ||= reading.parsed
  }
  if (!parsed && !context.problems.hasErrors) unparsed(shownPath(folder), { context, failed: context.settings.failsAnyUnparsed === true })
  return parsed
}

function ignoredNames({ settings }: SourceContext): RegExp {
  const extensions = settings.ignoredExtensions.map((extension) => `${extension.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
  return new RegExp(['^\\.', '^host_vars$', '^group_vars$', '^vars_plugins$', ...settings.ignoredPatterns, ...extensions].join('|'))
}

interface Attempt {
  readonly name: string
  readonly used: readonly string[]
  readonly problems: Problems
}

/** Tries each plugin in turn until one reads the source. `given`: as the user wrote it; undefined for what was found in a folder. */
async function readAs(path: string, given: string | undefined, context: SourceContext): Promise<Reading> {
  const failed: Attempt[] = []
  context.store.source = { source: path, sourceFolder: folderOf(path) }
  for (const name of context.settings.enabled) {
    const plugin = pluginNamed(name)
    if (plugin?.accepts(path, context.settings) !== true) continue
    const problems = new Problems()
    const used = await plugin.read(path, { ...context, problems })
    if (used !== undefined && !problems.hasErrors) {
      context.problems.addAll(problems.diagnostics)
      context.store.source = NO_SOURCE
      return { parsed: true, used }
    }
    if (problems.hasErrors) failed.push({ name, problems, used: used ?? [] })
  }
  context.store.source = NO_SOURCE
  report(path, { given, failed: failed[0], context })
  return { parsed: false, used: failed.flatMap((attempt) => attempt.used) }
}

function folderOf(path: string): string | null {
  if (!existsSync(path)) return null
  return isFolder(path) ? path : dirname(path)
}

interface Failure {
  readonly given: string | undefined
  readonly failed: Attempt | undefined
  readonly context: SourceContext
}

/** The first plugin that tried is the likeliest: its reasons are shown. What is there and cannot be read stops the run unless the settings say otherwise. */
function report(path: string, { given, failed, context }: Failure): void {
  const { failsAnyUnparsed } = context.settings
  const shown = given ?? shownPath(path)
  if (failed === undefined) {
    unparsed(shown, { context, failed: failsAnyUnparsed === true, hint: existsSync(path) ? undefined : missingHint(shown) })
    return
  }
  const isError = failsAnyUnparsed ?? !(given === undefined && failed.name === 'ini' && isStray(path))
  context.problems.addAll(failed.problems.diagnostics.map((diagnostic) => isError ? diagnostic : { ...diagnostic, severity: 'warning' }))
  if (!isError) unparsed(shown, { context, failed: false, plugin: failed.name })
}

/** A file that happens to lie in an inventory folder: a README, a Makefile. */
function isStray(path: string): boolean {
  return extname(path) !== '.ini' && !/^\s*\[[^\]\s]+\]\s*(?:#.*)?$/m.test(readFileSync(path, 'utf8'))
}

interface Unparsed {
  readonly context: SourceContext
  readonly failed: boolean
  readonly plugin?: string
  readonly hint?: string | undefined
}

function unparsed(source: string, { context: { problems }, failed, plugin, hint }: Unparsed): void {
  const summary = plugin === undefined ? `Unable to parse ${source} as an inventory source` : `Failed to parse ${source} with ${plugin} plugin`
  if (failed) problems.error('unparsed-inventory', summary, { hint })
  else problems.warning('unparsed-inventory', summary, { hint })
}

function missingHint(source: string): string {
  return source.includes('/') ? 'There is no such file or folder' : "There is no such file or folder; a list of hosts needs a comma: 'host,'"
}
