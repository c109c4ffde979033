import { existsSync } from 'node:fs'
import type { VaultString } from '../value/vault-string.ts'
import type { Dict } from '../value/value.ts'
import type { Loaded } from '../yaml/loaded.ts'
import { Problems } from '../yaml/problems.ts'
import { SourceStore } from '../yaml/source-store.ts'
import { DEFAULT_INVENTORY_SETTINGS, type InventorySettings } from './inventory-settings.ts'
import { InventoryStore } from './inventory-store.ts'
import { readSource } from './read-source.ts'
import type { RemoteReader } from './settings/read-settings.ts'
import type { Evaluate, SourceContext } from './source-context.ts'
import { foldersOfSources, readVariableFolder } from './variable-folders.ts'

export interface InventoryOptions {
  readonly settings?: InventorySettings
  /** Decrypts vault files. */
  readonly decrypt?: (ciphertext: VaultString | Buffer) => string
  /** Reads settings files on a firstbox, for the plugin `settings`. */
  readonly readRemote?: RemoteReader
  /** Evaluates expressions, for the plugins `constructed` and `generator`. */
  readonly evaluate?: Evaluate
  /** `--extra-vars`, for plugins that are told to use them. */
  readonly extra?: Dict
  /** Facts that a cache has of a host, for `constructed`. */
  readonly facts?: (host: string) => Dict | undefined
}

/** Reads inventory sources: files, folders, scripts, plugin configurations and `a,b,` lists, in the order given. */
export async function loadInventory(sources: readonly string[], options: InventoryOptions = {}): Promise<Loaded<InventoryStore>> {
  const settings = options.settings ?? DEFAULT_INVENTORY_SETTINGS
  const store = new InventoryStore(settings)
  const problems = new Problems()
  const done: string[] = []
  const context = contextOf({ store, problems, settings, options, done })
  let parsed = false
  for (const source of sources.filter((name) => name !== '')) {
    parsed = await readSource(source, context) || parsed
    if (existsSync(source)) done.push(source)
  }
  if (!parsed && !problems.hasErrors) reportNothing(settings, problems)
  reportNames(store, problems)
  return { value: store, diagnostics: problems.diagnostics }
}

interface ContextParts {
  readonly store: InventoryStore
  readonly problems: Problems
  readonly settings: InventorySettings
  readonly options: InventoryOptions
  readonly done: readonly string[]
}

function contextOf({ store, problems, settings, options, done }: ContextParts): SourceContext {
  return {
    store, problems, settings,
    sources: new SourceStore(options.decrypt),
    readRemote: options.readRemote,
    evaluate: options.evaluate,
    extra: options.extra ?? new Map(),
    facts: options.facts ?? (() => undefined),
    folders: () => foldersOfSources(done).map((folder) => readVariableFolder(folder, { ...options.decrypt && { decrypt: options.decrypt } }).value),
  }
}

function reportNothing(settings: InventorySettings, problems: Problems): void {
  if (settings.failsUnparsed) problems.error('no-inventory', 'No inventory was parsed, please check your configuration and options')
  else if (settings.warnsUnparsed) problems.warning('no-inventory', 'No inventory was parsed, only implicit localhost is available')
}

function reportNames(store: InventoryStore, problems: Problems): void {
  const { warning } = store.groupNames
  if (warning !== undefined) problems.warning('group-names', warning.summary, { detail: warning.names.join(', ') })
  for (const name of store.groups.keys()) {
    if (store.hosts.has(name)) problems.warning('same-name', `Found both group and host with same name: ${name}`)
  }
}
