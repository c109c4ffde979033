import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Controller, TaskTraits } from '../../src/module/controller.ts'
import { ModuleFailure, type ModuleResult } from '../../src/module/module.ts'
import type { Remote } from '../../src/remote/remote.ts'
import { fromJson, toJson } from '../../src/value/json.ts'
import type { Json, JsonObject } from '../../src/value/value.ts'
import { FakeRemote, type FakeHost } from './fake-remote.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The control host of a case: source files on disk (in a temporary folder), and what templates render to. */
export interface ControllerCase {
  /** Files of the role or playbook, by the name that findFile is asked for. */
  readonly files?: Readonly<Record<string, string | { readonly content: string, readonly mode: string }>>
  /** What a template renders to. */
  readonly rendered?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, Json>>
  /** The control host as a host: its files and commands. */
  readonly local?: FakeHost
  readonly remotes?: Readonly<Record<string, FakeHost>>
  readonly target?: Partial<Controller['target']>
  /** What modules that run in place of this one return; absent: there are no such modules. Each result is told the arguments it was given, as `given`. */
  readonly others?: Readonly<Record<string, ModuleResult>>
  readonly settings?: Readonly<Record<string, Json>>
  /** What the person types. */
  readonly answer?: string
}

export interface FakeController extends Controller {
  readonly folder: string
  readonly localRemote: FakeRemote
}

export function fakeController(given: ControllerCase = {}, args: JsonObject = {}): FakeController {
  const folder = temporaryFolder('case')
  for (const [name, file] of Object.entries(given.files ?? {})) place(join(folder, name), file)
  for (const name of Object.keys(given.rendered ?? {})) place(join(folder, name), '')
  const localRemote = new FakeRemote({ host: 'localhost', ...given.local })
  const remotes = new Map<string, Remote>(Object.entries(given.remotes ?? {}).map(([host, fake]) => [host, new FakeRemote({ host, ...fake })]))
  return {
    folder,
    localRemote,
    findFile: (name) => {
      const path = name.startsWith('/') ? name : join(folder, name)
      if (!existsSync(path)) throw new ModuleFailure(`Cannot find file '${name}'`)
      return name.endsWith('/') && !path.endsWith('/') ? `${path}/` : path
    },
    readFile: (path) => Promise.resolve(readFileSync(path)),
    renderTemplate: (path) => given.rendered?.[path.slice(folder.length + 1)] ?? '',
    condition: (expression) => expression === true,
    variable: (name) => given.variables?.[name],
    value: (name) => given.variables?.[name] === undefined ? undefined : fromJson(given.variables[name]),
    remote: (host) => {
      const remote = remotes.get(host)
      return remote === undefined ? Promise.reject(new ModuleFailure(`No host ${host}`)) : Promise.resolve(remote)
    },
    reconnect: () => Promise.reject(new ModuleFailure('A case has no connection')),
    local: () => Promise.resolve(localRemote),
    isInteractive: given.answer !== undefined,
    taskName: () => 'task',
    prompt: () => given.answer === undefined ? Promise.reject(new ModuleFailure('There is no terminal')) : Promise.resolve(given.answer),
    target: { host: 'target', address: '192.0.2.1', port: undefined, user: 'root', ...given.target },
    verbosity: 0,
    ...given.others && { task: taskOf(given, args) },
  }
}

function taskOf({ others = {}, settings = {}, variables = {} }: ControllerCase, args: JsonObject): TaskTraits {
  return {
    check: false, diff: false, noLog: false, environment: {}, seconds: undefined,
    values: new Map(Object.entries(args).map(([name, value]) => [name, fromJson(value)])),
    variable: (name) => variables[name],
    setting: (name) => settings[name],
    instead: ({ name, args: given, seconds }) => {
      const result = others[name]
      if (result === undefined) return Promise.resolve(undefined)
      const told = Object.fromEntries([...given].map(([key, value]) => [key, toJson(value)]))
      return Promise.resolve({ ...result, fields: { ...result.fields, warnings: [JSON.stringify({ [name]: told, ...seconds !== undefined && { seconds } })] } })
    },
  }
}

function place(path: string, file: string | { readonly content: string, readonly mode: string }): void {
  mkdirSync(dirname(path), { recursive: true })
  if (typeof file === 'string') writeFileSync(path, file, { mode: 0o644 })
  else writeFileSync(path, file.content, { mode: Number.parseInt(file.mode, 8) })
}
