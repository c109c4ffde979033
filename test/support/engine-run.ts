import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { connect } from '../../src/connection/index.ts'
import type { Diagnostic } from '../../src/diagnostics/types.ts'
import { checkBeforeRun } from '../../src/engine/check-before-run.ts'
import { runPlaybooks } from '../../src/engine/run.ts'
import type { RunOptions, RunRequest } from '../../src/engine/run-request.ts'
import { Secrets } from '../../src/engine/secrets.ts'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { noJournal } from '../../src/journal/file-journal.ts'
import { createModuleRegistry, type ModuleRegistry } from '../../src/module/registry.ts'
import type { Module } from '../../src/module/module.ts'
import { MODULES } from '../../src/modules/index.ts'
import { OwnModules } from '../../src/own/own-modules.ts'
import { createLoader, type LoaderOptions } from '../../src/playbook/create-loader.ts'
import { openSession } from '../../src/remote/open-session.ts'
import type { HostSession } from '../../src/remote/session.ts'
import type { Journal } from '../../src/run/journal.ts'
import type { HostRecap, RunEvent, RunFigures } from '../../src/run/run-event.ts'
import { createTemplar } from '../../src/template/templar.ts'
import type { Json, JsonObject, Value } from '../../src/value/value.ts'
import { createVariables } from '../../src/variables/create-variables.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A run in a folder of its own, on the control host itself. */
export interface EngineRun {
  /** Files by relative path; `site.yml` is the playbook. `{{dir}}` in texts stands for the folder. */
  readonly files: Readonly<Record<string, string>>
  readonly inventory?: string
  readonly options?: Partial<RunOptions>
  /** Settings, as ANSIBLE_* variables. */
  readonly environment?: Readonly<Record<string, string>>
  readonly modules?: readonly Module[]
  readonly journal?: Journal
  readonly answers?: readonly string[]
  /** Answers questions by their text. */
  readonly prompt?: (text: string) => string
  readonly extra?: Readonly<Record<string, Value>>
  readonly loader?: LoaderOptions
  readonly folder?: string
  readonly signal?: AbortSignal
  /** Modules of people's own are looked for, too. */
  readonly own?: boolean
  /** Another way to the hosts of the inventory than their variables tell. */
  readonly openSession?: (target: ConnectionTarget) => HostSession
  /** Puts something around the modules. */
  readonly around?: (module: Module) => Module
}

export interface EngineRunResult {
  readonly folder: string
  readonly events: readonly RunEvent[]
  readonly exitCode: number
  /** `host: task: status` of every task on every host, in order. */
  readonly outcomes: readonly string[]
  readonly recap: (host: string) => HostRecap | undefined
  readonly figures: RunFigures | undefined
  /** Registered result of a task on a host, as told. */
  readonly result: (task: string, host?: string) => JsonObject
  /** Messages of all `debug` tasks. */
  readonly messages: readonly Json[]
  readonly read: (path: string) => string
}

/** Runs `site.yml` with everything real but the terminal. */
export async function runEngine(run: EngineRun): Promise<EngineRunResult> {
  const { request, events, folder } = await engineRequest(run)
  const exitCode = await runPlaybooks(request)
  return resultOf({ events, exitCode, folder })
}

/** What is found before the run. */
export async function checkEngine(run: EngineRun): Promise<readonly Diagnostic[]> {
  return await checkBeforeRun((await engineRequest(run)).request)
}

export async function engineRequest(run: EngineRun): Promise<{ readonly request: RunRequest, readonly events: RunEvent[], readonly folder: string }> {
  const folder = run.folder ?? temporaryFolder('engine')
  writeFiles(folder, { hosts: run.inventory ?? 'localhost ansible_connection=local\n', ...run.files })
  const templar = createTemplar({ basePaths: () => [folder] })
  const inventory = await loadInventory([join(folder, 'hosts')])
  const config = loadConfig({ environment: { ANSIBLE_GATHERING: 'explicit', ...run.environment }, folder, home: folder })
  const { modules, loading, load } = modulesOf(run, config)
  const loader = createLoader({ ...run.loader, ...loading, evaluate: (template, variables) => templar.evaluate(template, {
    get: (name) => variables.findLast((dict) => dict.has(name))?.get(name),
    names: () => [],
  }) })
  const playbook = await loader.playbook(join(folder, 'site.yml'))
  const unloaded = await load()
  const problems = [...unloaded, ...inventory.diagnostics, ...playbook.diagnostics].filter(({ severity }) => severity === 'error')
  if (problems.length > 0) throw new Error(problems.map(({ summary }) => summary).join('\n'))
  const variables = createVariables({
    inventory: inventory.value, templar, inventoryFolders: [], playbookFolders: () => [],
    extra: new Map(Object.entries(run.extra ?? {})),
  })
  const events: RunEvent[] = []
  const answers = [...run.answers ?? []]
  const request: RunRequest = {
    id: 'test', playbooks: [playbook.value], inventory: inventory.value, loader, variables, templar,
    modules,
    openSession: (_host, target) => run.openSession?.(target) ?? openSession(target, connect),
    localSession: openSession({ kind: 'local', host: 'localhost', hostKeyChecking: false, timeout: 10 }, connect),
    journal: run.journal ?? noJournal,
    emit: (event) => { events.push(event) },
    isInteractive: run.answers !== undefined,
    prompt: ({ text }) => Promise.resolve(run.prompt?.(text) ?? answers.shift() ?? ''),
    readFile: (path) => readFile(path),
    secrets: new Secrets(),
    config,
    options: {
      check: false, diff: false, tags: [], skipTags: [], step: false, forks: 50, verbosity: 0,
      connection: { kind: 'ssh', hostKeyChecking: true, timeout: 10 },
      become: { enabled: false, method: 'sudo' },
      inventorySources: [join(folder, 'hosts')],
      ...run.options,
    },
    signal: run.signal ?? new AbortController().signal,
  }
  return { request, events, folder }
}

function writeFiles(folder: string, files: EngineRun['files']): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text.replaceAll('{{dir}}', folder))
  }
}

interface RunModules {
  readonly modules: ModuleRegistry
  readonly loading: LoaderOptions
  readonly load: () => Promise<readonly Diagnostic[]>
}

function modulesOf(run: EngineRun, config: Config): RunModules {
  const native = createModuleRegistry([...MODULES, ...run.modules ?? []].map((module) => run.around?.(module) ?? module))
  if (run.own !== true) return { modules: native, loading: {}, load: () => Promise.resolve([]) }
  const own = new OwnModules(native, config)
  return { modules: own, loading: { foundFolder: (path) => { own.found(path) }, resolveModule: (name, collections) => own.resolve(name, collections) }, load: () => own.load() }
}

function resultOf({ events, exitCode, folder }: Pick<EngineRunResult, 'events' | 'exitCode' | 'folder'>): EngineRunResult {
  const ended = events.filter((event) => event.kind === 'host-ended')
  const last = events.findLast((event) => event.kind === 'run-ended')
  return {
    folder, events, exitCode,
    outcomes: ended.map(({ host, task, outcome }) => `${host}: ${task.name}: ${outcome.status}${outcome.ignored ? ' (ignored)' : ''}`),
    recap: (host) => last?.recap.get(host),
    figures: last?.figures,
    result: (name, host) => ended.findLast(({ task, host: on }) => task.name === name && (host === undefined || on === host))?.outcome.result ?? {},
    messages: events.flatMap((event) => event.kind === 'item-ended' || (event.kind === 'host-ended' && !event.looped) ? messageOf(event) : []),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
  }
}

function messageOf({ task, outcome }: Extract<RunEvent, { kind: 'host-ended' | 'item-ended' }>): readonly Json[] {
  return task.module === 'debug' && outcome.status === 'ok' ? [outcome.result['msg'] ?? null] : []
}
