import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Inventory } from '../../inventory/inventory.ts'
import { loadInventory } from '../../inventory/load-inventory.ts'
import type { VariableFolder } from '../../inventory/variable-folder.ts'
import { foldersOfSources, readVariableFolder } from '../../inventory/variable-folders.ts'
import type { ModuleRegistry } from '../../module/registry.ts'
import type { Play, Playbook } from '../../playbook/ast.ts'
import { createLoader } from '../../playbook/create-loader.ts'
import type { Loaded, Loader } from '../../playbook/loader.ts'
import { createTemplar } from '../../template/templar.ts'
import type { Scope, Templar } from '../../template/types.ts'
import type { Dict } from '../../value/value.ts'
import { createVariables } from '../../variables/create-variables.ts'
import type { Variables } from '../../variables/host-variables.ts'
import { parseExtraVars } from '../extra-vars.ts'
import type { SourceFlags } from '../flags.ts'
import { settle } from './problems.ts'
import { remoteReader } from './remote-reader.ts'

/** Everything read before a run, and the problems that do not stop it. */
export interface Sources {
  readonly inventory: Inventory
  readonly inventorySources: readonly string[]
  readonly loader: Loader
  readonly templar: Templar
  readonly variables: Variables
  readonly warnings: readonly Diagnostic[]
}

/** Reads the inventory and makes loader, templates and variables; everything wrong with it is reported together. */
export async function loadSources(flags: SourceFlags, modules: ModuleRegistry): Promise<Sources> {
  const templar = createTemplar({ basePaths: () => [process.cwd()] })
  const extra = parseExtraVars(flags.extraVars ?? [])
  const inventorySources = flags.inventory ?? defaultInventory()
  const loaded = await loadInventory(inventorySources, {
    readRemote: remoteReader(flags),
    evaluate: (template, dict) => templar.evaluate(template, scopeOf([dict, extra])),
  })
  const folders = foldersOfSources(inventorySources).map((folder) => readVariableFolder(folder))
  const diagnostics = [...loaded.diagnostics, ...folders.flatMap((folder) => folder.diagnostics)]
  const inventoryFolders = settle([{ value: folders.map(({ value }) => value), diagnostics }])[0] ?? []
  const variables = createVariables({ inventory: loaded.value, templar, inventoryFolders, playbookFolder: playbookFolders(), extra })
  return { inventory: loaded.value, inventorySources, loader: loaderFor(modules, templar, extra), templar, variables, warnings: diagnostics }
}

/** All playbooks, as far as they could be read, with everything that is wrong with them. */
export async function loadPlaybooks(paths: readonly string[], { loader }: Sources): Promise<Loaded<readonly Playbook[]>> {
  const loaded = await Promise.all(paths.map((path) => loader.playbook(path)))
  return { value: loaded.map(({ value }) => value), diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics) }
}

function loaderFor(modules: ModuleRegistry, templar: Templar, extra: Dict): Loader {
  return createLoader({
    rolesPath: pathList(process.env['ANSIBLE_ROLES_PATH']),
    collectionsPath: pathList(process.env['ANSIBLE_COLLECTIONS_PATH']),
    isModule: (name) => modules.find(name) !== undefined,
    evaluate: (template, variables) => templar.evaluate(template, scopeOf([...variables, extra])),
  })
}

/** `group_vars/` and `host_vars/` beside each play's playbook, read once a folder. */
function playbookFolders(): (play: Play) => VariableFolder {
  const known = new Map<string, VariableFolder>()
  return ({ folder }) => {
    const read = known.get(folder) ?? settle([readVariableFolder(folder)])[0] ?? { groups: new Map(), hosts: new Map() }
    known.set(folder, read)
    return read
  }
}

/** Dicts as a scope, the last one strongest. */
function scopeOf(dicts: readonly Dict[]): Scope {
  return {
    get: (name) => dicts.findLast((dict) => dict.has(name))?.get(name),
    names: () => dicts.flatMap((dict) => [...dict.keys()]).filter((name) => typeof name === 'string'),
  }
}

/** What Ansible falls back to. */
function defaultInventory(): readonly string[] {
  const named = process.env['ANSIBLE_INVENTORY']
  if (named) return named.split(named.includes(',') && !existsSync(named) ? delimiter : ',').filter((source) => source !== '')
  return existsSync('/etc/ansible/hosts') ? ['/etc/ansible/hosts'] : []
}

function pathList(text: string | undefined): readonly string[] {
  return (text ?? '').split(delimiter).filter((path) => path !== '')
}
