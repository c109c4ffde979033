import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { defineAction } from '../module/define-module.ts'
import type { Controller } from '../module/controller.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Json } from '../value/value.ts'

/** `ansible.builtin.include_vars`: variables of files, from here on. */
export const includeVars = defineAction({
  name: 'include_vars',
  summary: 'Load variables from files while the play runs.',
  where: 'controller',
  check: 'run',
  freeForm: 'file',
  args: {
    file: { type: 'str', aliases: ['_raw_params', 'free-form'], description: 'File in `vars/` of the role, or beside the task file or playbook.' },
    dir: { type: 'str', description: 'Folder whose files are loaded, in order of their names.' },
    name: { type: 'str', description: 'Variable to put them in, as a dict.' },
    depth: { type: 'int', default: 0, description: 'How many levels of folders below `dir`; 0 is all.' },
    files_matching: { type: 'str', description: 'Regular expression that names of files must match.' },
    ignore_files: { type: 'raw', default: [], description: 'Regular expressions of names to leave out.' },
    extensions: { type: 'list', elements: 'str', default: ['yaml', 'yml', 'json'], description: 'Extensions that are loaded.' },
    ignore_unknown_extensions: { type: 'bool', default: false, description: 'Whether other files in the folder are passed over.' },
    hash_behaviour: { type: 'str', choices: ['replace', 'merge'], description: 'With merge, dicts join those that the task sees already.' },
  },
  examples: [
    { name: 'Variables by distribution', args: { file: 'Debian.yml' } },
    { name: 'A folder of zones under one name', args: { dir: 'zones', name: 'zones', depth: 1 } },
  ],
  run: async (args, { controller }) => {
    refuseMixture(args)
    const files = toldInMessage(() => {
      if (args.dir === undefined) return [oneFile(args.file, controller)]
      return filesBelow(args.dir, { ...args, ignore_files: patternsOf(args.ignore_files) }, controller)
    })
    return {
      changed: false,
      effects: [{ kind: 'include-vars', files, ...args.name === undefined ? {} : { name: args.name }, ...args.hash_behaviour === 'merge' ? { merge: true } : {} }],
      fields: { ansible_included_var_files: files },
    }
  },
})

/** Playbooks look for the reason in `message`. */
function toldInMessage<T>(find: () => T): T {
  try {
    return find()
  } catch (error) {
    if (!(error instanceof ModuleFailure)) throw error
    throw new ModuleFailure(error.message, { ...error.fields, message: error.message, ansible_facts: {}, ansible_included_var_files: [] })
  }
}

interface Selection {
  readonly depth: number
  readonly files_matching: string | undefined
  readonly ignore_files: readonly string[]
  readonly extensions: readonly string[]
  readonly ignore_unknown_extensions: boolean
}

const FOLDER_ONLY = ['dir', 'depth', 'files_matching', 'ignore_unknown_extensions'] as const

function refuseMixture(args: { readonly file?: unknown } & Readonly<Partial<Record<typeof FOLDER_ONLY[number], unknown>>>): void {
  const isForFolder = FOLDER_ONLY.some((name) => args[name] !== undefined && args[name] !== 0 && args[name] !== false)
  if (args.file !== undefined && isForFolder) throw new ModuleFailure('You are mixing file only and dir only arguments, these are incompatible')
}

/** A text is several, with spaces between. */
function patternsOf(given: Json): readonly string[] {
  if (typeof given === 'string') return given.split(/\s+/).filter((pattern) => pattern !== '')
  if (Array.isArray(given)) return given.map(String)
  throw new ModuleFailure(`${JSON.stringify(given)} must be a list`)
}

function oneFile(name: string | undefined, controller: Controller): string {
  if (name === undefined || name === '') throw new ModuleFailure('Could not find file on the controller: No file or dir is given')
  try {
    return controller.findFile(name, 'vars')
  } catch (error) {
    if (!(error instanceof ModuleFailure)) throw error
    throw new ModuleFailure(`Could not find file on the controller: ${error.message}`)
  }
}

function filesBelow(dir: string, selection: Selection, controller: Controller): readonly string[] {
  const folder = controller.findFile(dir, 'vars').replace(/\/$/, '')
  if (!existsSync(folder)) throw new ModuleFailure(`${folder} directory does not exist`)
  if (!statSync(folder).isDirectory()) throw new ModuleFailure(`${folder} is not a directory`)
  return walk(folder, 1, selection).filter((path) => isWanted(path, selection))
}

function walk(folder: string, level: number, selection: Selection): string[] {
  const paths = readdirSync(folder).sort().map((name) => join(folder, name))
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const files = paths.filter((path) => !isFolder(path))
  if (selection.depth > 0 && level >= selection.depth) return files
  return [...files, ...paths.filter(isFolder).flatMap((path) => walk(path, level + 1, selection))]
}

function isWanted(path: string, selection: Selection): boolean {
  const name = basename(path)
  if (selection.ignore_files.some((pattern) => new RegExp(`${pattern}$`).test(name))) return false
  if (selection.files_matching !== undefined && !new RegExp(selection.files_matching).test(name)) return false
  const extension = extname(name).slice(1)
  if (selection.extensions.map((one) => one.replace(/^\./, '')).includes(extension)) return true
  if (selection.ignore_unknown_extensions) return false
  throw new ModuleFailure(`${path} does not have a valid extension: ${selection.extensions.join(', ')}`)
}
