import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { optionFlag } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { globRegex, globSync } from '../filters/glob.ts'
import { itemsOf } from '../iterate.ts'
import type { CallContext, Lookup, Scope, TemplateFile, TemplateOptions } from '../types.ts'
import { findFile, requireFile, searchFolders } from './find-file.ts'
import { templateScope } from '../template-variables.ts'
import { dataOf } from '../text-as-data.ts'

/** Lookups of files and programs of the control host. */
export const FILE_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['file', (terms, named, context) => terms.map((term) => readFile(textOf(term), named, context))],
  ['unvault', (terms, _named, context) => terms.map((term) => context.readText(requireFile(textOf(term), 'files', context)))],
  ['template', (terms, named, context) => terms.map((term) => renderTemplate(textOf(term), named, context))],
  ['fileglob', (terms, _named, context) => terms.flatMap((term) => fileGlob(textOf(term), context))],
  ['first_found', firstFound],
  ['pipe', (terms, _named, context) => terms.map((term) => runShell('pipe', textOf(term), context).trimEnd())],
  ['lines', (terms, _named, context) => terms.flatMap((term) => lines(runShell('lines', textOf(term), context)))],
]

function readFile(name: string, named: ReadonlyMap<string, Value>, context: CallContext): string {
  let text = context.readText(requireFile(name, 'files', context))
  if (optionFlag(named.get('lstrip'), false)) text = text.trimStart()
  return optionFlag(named.get('rstrip'), true) ? text.trimEnd() : text
}

function renderTemplate(name: string, named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const path = findFile(name, 'templates', context)
  if (path === undefined) throw new EvaluationError('lookup-failed', `the template file ${name} could not be found for the lookup`, `Searched: ${searchFolders('templates', context.basePaths).join(', ')}`)
  const file: TemplateFile = { path, text: context.readText(path), searchPath: searchFolders('templates', context.basePaths), options: templateOptions(named) }
  const scope = templateScope(context.scope, { path, name, setting: (setting) => context.setting(setting) })
  const text = context.renderFile(file, withVariables(scope, named.get('template_vars')))
  return wantsData(named, context) ? dataOf(text) : text
}

/** Asked for, or as it was before templates were native. */
function wantsData(named: ReadonlyMap<string, Value>, context: CallContext): boolean {
  const asked = named.get('convert_data') ?? named.get('jinja2_native')
  return asked === undefined ? !context.isNative : optionFlag(asked, false)
}

const OPTIONS: readonly (readonly [string, keyof TemplateOptions])[] = [
  ['variable_start_string', 'variableStart'], ['variable_end_string', 'variableEnd'],
  ['block_start_string', 'blockStart'], ['block_end_string', 'blockEnd'],
  ['comment_start_string', 'commentStart'], ['comment_end_string', 'commentEnd'],
]

function templateOptions(named: ReadonlyMap<string, Value>): TemplateOptions {
  const given = OPTIONS.flatMap(([name, field]) => {
    const value = named.get(name)
    return value === undefined || value === null ? [] : [[field, textOf(value)] as const]
  })
  const flags = ([['trim_blocks', 'trimBlocks'], ['lstrip_blocks', 'lstripBlocks']] as const).flatMap(([name, field]) => named.has(name) ? [[field, optionFlag(named.get(name), false)] as const] : [])
  return Object.fromEntries([...given, ...flags])
}

function withVariables(scope: Scope, variables: Value | undefined): Scope {
  if (!(variables instanceof Map)) return scope
  return {
    get: (name) => variables.has(name) ? variables.get(name) : scope.get(name),
    names: () => new Set([...[...variables.keys()].map(textOf), ...scope.names()]),
  }
}

/** The folder is searched for as files are; the pattern itself holds only for the name. */
function fileGlob(pattern: string, context: CallContext): string[] {
  const [folder, name] = [dirname(pattern), basename(pattern)]
  const found = pattern.includes('/') ? [isAbsolute(folder) ? folder : findFile(folder, 'files', context)] : searchFolders('files', context.basePaths)
  for (const each of found) {
    const paths = each === undefined ? [] : globSync(join(each, name)).filter((path) => statSync(path).isFile() && globRegex(name).test(basename(path)))
    if (paths.length > 0) return paths
  }
  return []
}

/** In the loop of a task, which folder its module's files are in: `vars` of include_vars, `templates` of template. */
const LOOP_FOLDER = '_loop_folder'

function firstFound(terms: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext): readonly Value[] {
  const search = terms.length === 0 ? [new Map<Value, Value>(named)] : terms
  const { names, skip } = searchNames(search, named)
  const folder = context.scope.get(LOOP_FOLDER)
  for (const name of names) {
    const path = findFile(name, folder === 'vars' || folder === 'templates' ? folder : 'files', context)
    if (path !== undefined) return [path]
  }
  if (skip) return []
  throw new EvaluationError('lookup-failed', 'No file was found when using first_found.', `Searched: ${names.join(', ')}`)
}

interface Search {
  readonly names: readonly string[]
  readonly skip: boolean
}

function searchNames(terms: readonly Value[], named: ReadonlyMap<string, Value>): Search {
  let skip = optionFlag(named.get('skip'), false)
  const names = terms.flatMap((term): readonly string[] => {
    if (Array.isArray(term)) {
      const inner = searchNames(term, named)
      skip = inner.skip
      return inner.names
    }
    const options: ReadonlyMap<Value, Value> = new Map<Value, Value>([...named, ...term instanceof Map ? term : [['files', term] as const]])
    skip = optionFlag(options.get('skip'), false)
    const files = splitNames(options.get('files') ?? [], /[,;]/)
    const paths = splitNames(options.get('paths') ?? [], /[,:;]/)
    return paths.length === 0 ? files : paths.flatMap((path) => files.map((file) => join(path, file)))
  })
  return { names, skip }
}

function splitNames(value: Value, separator: RegExp): string[] {
  const items = typeof value === 'string' ? [value] : itemsOf(value)
  return items.flatMap((item) => textOf(item).split(separator)).map((name) => name.trim()).filter((name) => name !== '')
}

/** The command is the author's own text, run by the shell on the control host. */
function runShell(lookup: string, command: string, context: CallContext): string {
  try {
    return execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8', cwd: context.basePaths.at(-1), stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 256 * 1024 * 1024 })
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? ` returned ${String(error.status)}` : ''
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new EvaluationError('lookup-failed', `lookup_plugin.${lookup}(${command})${status === '' ? ' did not start' : status}${stderr === '' ? '' : `: ${stderr}`}`)
  }
}

function lines(text: string): string[] {
  const all = text.split('\n')
  if (all.at(-1) === '') all.pop()
  return all.map((line) => line.trimEnd())
}

