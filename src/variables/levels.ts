import type { VariableFolder } from '../inventory/variable-folder.ts'
import type { Group, Inventory } from '../inventory/inventory.ts'
import type { RoleUse } from '../playbook/ast.ts'
import type { Dict, Value } from '../value/value.ts'
import type { ScopePlace } from './host-variables.ts'
import { roleParameters } from './role-levels.ts'
import type { Stores } from './stores.ts'

/** What a level may look at to find its dicts. */
export interface LevelContext {
  readonly place: ScopePlace
  readonly stores: Stores
  readonly inventory: Inventory
  readonly inventoryFolders: readonly VariableFolder[]
  readonly playbookFolder: VariableFolder
  /** Roles whose defaults and vars the place sees, strongest first. */
  readonly roles: readonly RoleUse[]
  /** Groups of the host, strongest first. */
  readonly groups: readonly Group[]
  /** Variables of those groups but `all` in group_vars beside the inventory, and beside the playbook, strongest first. */
  readonly inventoryGroupDicts: readonly Dict[]
  readonly playbookGroupDicts: readonly Dict[]
  /** Magic variables that hold for a host at any moment: inventory_hostname, groups, hostvars ... */
  readonly hostMagic: ReadonlyMap<string, Value>
}

/** One level of precedence. `dicts` are its sources, strongest first. */
export interface Level {
  readonly name: string
  readonly dicts: (context: LevelContext) => Iterable<ReadonlyMap<Value, Value> | undefined>
}

/**
 * Ansible's precedence, strongest first (docs: "Understanding variable precedence"; numbers are the documentation's,
 * 1, connection values of the command line, holds no variables). Magic and loop variables stand above them all.
 */
export const LEVELS: readonly Level[] = [
  { name: 'loop', dicts: ({ place }) => [place.special] },
  { name: 'magic', dicts: ({ place, hostMagic }) => [place.magic, hostMagic] },
  /* 22 */ { name: 'extra-vars', dicts: ({ stores }) => [stores.extra] },
  /* 21 */ { name: 'include-parameters', dicts: ({ place }) => reversed(place.includeParameters) },
  /* 20 */ { name: 'role-parameters', dicts: ({ place }) => roleParameters(place) },
  /* 19 */ { name: 'set_fact-and-register', dicts: ({ place, stores }) => [stores.assigned.get(place.host)] },
  /* 18 */ { name: 'include_vars', dicts: ({ place, stores }) => [stores.included.get(place.host)] },
  /* 17, 16 */ { name: 'task-and-block-vars', dicts: ({ place }) => reversed(place.taskVars) },
  /* 15 */ { name: 'role-vars', dicts: ({ roles }) => roles.map((use) => use.role.vars) },
  /* 14 */ { name: 'vars_files', dicts: ({ place, stores }) => [place.play.varsFiles.length > 0 ? stores.varsFiles.get(place.host) : undefined] },
  /* 13 */ { name: 'vars_prompt', dicts: ({ place, stores }) => [place.play.varsPrompt.length > 0 ? stores.prompted : undefined] },
  /* 12 */ { name: 'play-vars', dicts: ({ place }) => [place.play.shared.vars] },
  /* 11 */ { name: 'facts', dicts: ({ place, stores }) => [stores.injectedFacts.get(place.host), stores.facts.get(place.host)] },
  /* 10 */ { name: 'playbook-host_vars', dicts: ({ place, playbookFolder }) => [playbookFolder.hosts.get(place.host)] },
  /* 9 */ { name: 'inventory-host_vars', dicts: ({ place, inventoryFolders }) => inventoryFolders.map((folder) => folder.hosts.get(place.host)) },
  /* 8 */ { name: 'inventory-host', dicts: ({ place, inventory }) => [inventory.hosts.get(place.host)?.variables] },
  /* 7 */ { name: 'playbook-group_vars', dicts: ({ playbookGroupDicts }) => playbookGroupDicts },
  /* 6 */ { name: 'inventory-group_vars', dicts: ({ inventoryGroupDicts }) => inventoryGroupDicts },
  /* 5 */ { name: 'playbook-group_vars-all', dicts: ({ playbookFolder }) => [playbookFolder.groups.get('all')] },
  /* 4 */ { name: 'inventory-group_vars-all', dicts: ({ inventoryFolders }) => inventoryFolders.map((folder) => folder.groups.get('all')) },
  /* 3 */ { name: 'inventory-group', dicts: ({ groups }) => groups.map((group) => group.variables) },
  /* 2 */ { name: 'role-defaults', dicts: ({ roles }) => roles.map((use) => use.role.defaults) },
]

/** The levels that an inventory fills, strongest first. */
export const INVENTORY_LEVELS: readonly Level[] = LEVELS.filter(({ name }) => /^(?:inventory|playbook)-(?:host|group)/.test(name))

function reversed(dicts: readonly Dict[] | undefined): readonly Dict[] {
  return dicts ? [...dicts].reverse() : []
}
