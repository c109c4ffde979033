import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { Secrets } from '../../engine/secrets.ts'
import type { Inventory } from '../../inventory/inventory.ts'
import { foldersOfSources, readVariableFolder } from '../../inventory/variable-folders.ts'
import type { ModuleRegistry } from '../../module/registry.ts'
import { OwnModules } from '../../own/own-modules.ts'
import type { Playbook } from '../../playbook/ast.ts'
import { createLoader } from '../../playbook/create-loader.ts'
import type { Loaded, Loader } from '../../playbook/loader.ts'
import { createRegistry } from '../../template/registry.ts'
import { createTemplar } from '../../template/templar.ts'
import type { Scope, Templar } from '../../template/types.ts'
import { combination } from '../../value/merge-dicts.ts'
import type { Dict } from '../../value/value.ts'
import { createVariables } from '../../variables/create-variables.ts'
import type { Variables } from '../../variables/host-variables.ts'
import { parseExtraVars } from '../extra-vars.ts'
import type { SourceFlags } from '../flags.ts'
import type { Passwords } from './connection-options.ts'
import { logWarnings } from './log-warnings.ts'
import { inventorySettings } from './inventory-settings.ts'
import { readModuleFilter } from './module-filter.ts'
import { readInventory } from './inventory-sources.ts'
import { type PlaybookFolders, openPlaybookFolders } from './playbook-folders.ts'
import { failOnErrors } from './problems.ts'
import { judgeDuplicates } from '../../yaml/duplicate-keys.ts'
import { PluginFolders } from './plugin-folders.ts'
import { remoteReader } from './remote-reader.ts'
import { openFactCache, variableSettings, variableWarnings } from './variable-settings.ts'
import { openVault, type VaultAccess } from './vault-access.ts'

/** What there is before anything is read. */
export interface SourceParts {
  readonly config: Config
  readonly modules: ModuleRegistry
  readonly passwords: Passwords
}

/** Everything read before a run, as far as it could be, and everything wrong with it. */
export interface Sources extends SourceParts {
  readonly inventory: Inventory
  readonly inventorySources: readonly string[]
  /** Reads the inventory sources again. */
  readonly refreshInventory: () => Promise<void>
  readonly loader: Loader
  readonly templar: Templar
  readonly variables: Variables
  /** What must not be shown. */
  readonly secrets: Secrets
  readonly vault: VaultAccess
  /** `group_vars/` and `host_vars/` beside plays' playbooks. */
  readonly playbookFolders: PlaybookFolders
  readonly problems: readonly Diagnostic[]
}

/** Reads the inventory and makes loader, templates and variables. */
export async function loadSources(flags: SourceFlags, parts: SourceParts): Promise<Sources> {
  const { config, passwords } = parts
  failOnErrors(config.problems)
  const secrets = new Secrets()
  const vault = await openVault(flags, config, secrets)
  const templar = createTemplar({
    registry: createRegistry({ tests: new Map([['a_module', ([name]) => typeof name === 'string' && modules.find(name) !== undefined]]) }),
    basePaths: () => [process.cwd()], decrypt: vault.value, setting: (name) => config.find(name),
  })
  const { variables: extra, warnings: extraWarnings } = parseExtraVars(flags.extraVars ?? [], vault.source)
  const factCache = await openFactCache(config)
  const { sources: inventorySources, inventory, refresh, diagnostics: found } = await readInventory(flags.inventory, config, {
    settings: inventorySettings(config),
    readRemote: remoteReader(config, passwords),
    decrypt: vault.source,
    evaluate: (template, dict) => templar.evaluate(template, scopeOf([dict])),
    extra,
    facts: (host) => factCache.get(host),
  })
  const settings = variableSettings(config)
  const reading = { decrypt: vault.source, combine: combination(settings.mergesDicts), extensions: config.get('vars.host_group_vars._valid_extensions') }
  const folders = (readsVariableFolders(config) ? foldersOfSources(inventorySources) : []).map((folder) => readVariableFolder(folder, reading))
  const diagnostics = judgeDuplicates([...found, ...folders.flatMap((folder) => folder.diagnostics)], config.get('DUPLICATE_YAML_DICT_KEY'))
  const playbookFolders = openPlaybookFolders(config.get('PLAYBOOK_VARS_ROOT'), reading)
  const filter = readModuleFilter(config)
  const modules = new OwnModules(parts.modules, config, filter.rejected)
  const variables = createVariables({
    inventory, templar, extra, settings, factCache,
    inventoryFolders: folders.map(({ value }) => value),
    playbookFolders: (play) => readsVariableFolders(config) ? playbookFolders.of(play) : [],
  })
  if (flags.flushCache) for (const host of inventory.hosts.keys()) variables.clearFacts(host)
  return {
    ...parts, modules, inventory, inventorySources, refreshInventory: refresh, templar, variables, secrets, vault, playbookFolders,
    loader: loaderFor(config, { modules, templar, extra, vault }),
    problems: [...config.problems, ...extraWarnings, ...logWarnings(config), ...filter.problems, ...variableWarnings(config), ...diagnostics],
  }
}

/** All playbooks, as far as they could be read, with everything that is wrong with them. */
export async function loadPlaybooks(paths: readonly string[], { loader, playbookFolders }: Sources): Promise<Loaded<readonly Playbook[]>> {
  const loaded = await Promise.all(paths.map((path) => loader.playbook(path)))
  const beside = new Set(loaded.flatMap(({ value }) => value.plays).flatMap((play) => playbookFolders.problems(play)))
  return { value: loaded.map(({ value }) => value), diagnostics: [...loaded.flatMap(({ diagnostics }) => diagnostics), ...beside] }
}

interface LoaderParts {
  readonly modules: OwnModules
  readonly templar: Templar
  readonly extra: Dict
  readonly vault: VaultAccess
}

function loaderFor(config: Config, { modules, templar, extra, vault }: LoaderParts): Loader {
  const plugins = new PluginFolders({ templar, modules }, config)
  return plugins.along(createLoader({
    foundFolder: (folder) => { plugins.found(folder) },
    duplicateKeys: config.get('DUPLICATE_YAML_DICT_KEY'),
    rolesPath: config.get('DEFAULT_ROLES_PATH'),
    collectionsPath: config.get('COLLECTIONS_PATHS'),
    pythonFolders: () => modules.pythonFolders(),
    ...isSet(config, 'DEFAULT_PRIVATE_ROLE_VARS') && { privateRoles: config.get('DEFAULT_PRIVATE_ROLE_VARS') },
    decrypt: vault.source,
    resolveModule: (name, collections) => modules.resolve(name, collections),
    isModule: (name) => modules.find(name) !== undefined,
    evaluate: (template, variables) => templar.evaluate(template, scopeOf([...variables, extra])),
  }))
}

/** Whether `group_vars/` and `host_vars/` count: they are a plugin that may be left out. */
function readsVariableFolders(config: Config): boolean {
  return config.get('VARIABLE_PLUGINS_ENABLED').some((name) => name.split('.').at(-1) === 'host_group_vars')
}

/** Dicts as a scope, the last one strongest. */
function scopeOf(dicts: readonly Dict[]): Scope {
  return {
    get: (name) => dicts.findLast((dict) => dict.has(name))?.get(name),
    names: () => dicts.flatMap((dict) => [...dict.keys()]).filter((name) => typeof name === 'string'),
  }
}

/** Whether someone gave a setting a value, be it its default. */
function isSet(config: Config, name: string): boolean {
  return config.find(name)?.origin !== 'default'
}
