import type { Config } from '../../config/config.ts'
import { defineAction } from '../../module/define-module.ts'
import { ModuleFailure, type Module, type Obstacle } from '../../module/module.ts'
import { fromJson } from '../../value/json.ts'
import type { Dict } from '../../value/value.ts'
import { internalArguments } from '../internal-arguments.ts'
import { secretArguments } from '../secret-arguments.ts'
import type { FoundModule } from '../found-module.ts'
import type { InstalledCore } from '../find/python-folders.ts'
import { bundle, MissingImportError, type Bundle } from './bundle.ts'
import type { UtilitySources } from './find-utility.ts'
import { internalNames, loadedByName } from './core-facts.ts'

export interface PythonParts {
  readonly config: Config
  readonly core: () => InstalledCore | undefined
  readonly utilities: UtilitySources
}

/** A module in Python, which runs where the host has Python. Its arguments are its own business, but for those that it calls secret. */
export function pythonModule({ name, fullName, content }: FoundModule, parts: PythonParts): Module {
  const source = content.toString('utf8').replaceAll('#<<INCLUDE_ANSIBLE_MODULE_COMMON>>', 'from ansible.module_utils.basic import *')
  const packed = once(() => pack(fullName, source, parts))
  return defineAction({
    name,
    summary: shortDescription(source) ?? 'A module in Python.',
    where: 'host',
    check: 'tell',
    startsJobs: true,
    acceptsAnyArgument: true,
    hasOwnSpec: true,
    args: secretArguments([source]),
    examples: [],
    documentation: () => documentationIn(source),
    obstacle: () => obstacle(name, packed()),
    run: async (_args, { remote, controller: { task, verbosity } }) => {
      const { bundle: ready, problem, version, known } = packed()
      if (ready === undefined) throw new ModuleFailure(problem ?? '')
      if (task === undefined) throw new Error('A Python module needs a task to run for')
      const { config } = parts
      const internal = Object.entries(internalArguments({ config, task, name, version, verbosity })).filter(([key]) => known.has(key))
      const args: Dict = new Map([...task.values, ...internal.map(([key, value]) => [key, fromJson(value)] as const)])
      const { runPython } = await import('./run-python.ts')
      return runPython({ config, task, name, bundle: ready, args, remote })
    },
  })
}

interface Packed {
  readonly version: string
  /** Arguments of Ansible's own that its modules know. */
  readonly known: ReadonlySet<string>
  readonly bundle?: Bundle
  readonly problem?: string
  readonly hint?: string
}

function pack(name: readonly string[], source: string, { core: findCore, utilities }: PythonParts): Packed {
  const core = findCore()
  if (core === undefined) {
    const problem = 'it needs ansible.module_utils, which is a part of ansible-core, and none is installed here'
    return { version: '', known: new Set(), problem, hint: 'Install ansible-core on the control host, or say in PYTHONPATH where it is' }
  }
  const { version } = core
  try {
    return { version, known: internalNames(core), bundle: bundle({ name, source, version, always: loadedByName(core) }, utilities) }
  } catch (error) {
    if (error instanceof MissingImportError) return { version, known: new Set(), problem: error.message }
    throw error
  }
}

function obstacle(name: string, { problem, hint }: Packed): Obstacle | undefined {
  return problem === undefined ? undefined : { summary: `Cannot use module ${name}: ${problem}`, ...(hint !== undefined && { hint }) }
}

/** The texts that Ansible's modules describe themselves by, as they are written. */
function documentationIn(source: string): string | undefined {
  const texts = ['DOCUMENTATION', 'EXAMPLES', 'RETURN'].map((name) => new RegExp(`^${name}\\s*=\\s*[ru]?("{3}|'{3})([\\s\\S]*?)\\1`, 'm').exec(source)?.[2]?.replace(/^---\n?/m, '').trim())
  const found = texts.filter((text) => text !== undefined && text !== '')
  return found.length === 0 ? undefined : found.join('\n\n')
}

function shortDescription(source: string): string | undefined {
  return /^short_description:\s*(.+?)\s*$/m.exec(source)?.[1]?.replace(/^(["'])(.*)\1$/, '$2')
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
