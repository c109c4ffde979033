import type { VariableFolder } from '../inventory/variable-folder.ts'
import type { Group, Inventory } from '../inventory/inventory.ts'
import type { Dict, Value } from '../value/value.ts'
import type { ScopePlace } from './host-variables.ts'
import { type Layer, roleParameters } from './role-levels.ts'
import type { VariableSettings } from './settings.ts'
import type { Stores } from './stores.ts'

/** What a level may look at to find its dicts. */
export interface LevelContext {
  readonly place: ScopePlace
  readonly stores: Stores
  readonly inventory: Inventory
  readonly inventoryFolders: readonly VariableFolder[]
  /** Folders beside the playbook, strongest first. */
  readonly playbookFolders: readonly VariableFolder[]
  /** Of roles, strongest first. */
  readonly roleDefaults: readonly Layer[]
  readonly roleVars: readonly Layer[]
  /** Groups of the host, strongest first. */
  readonly groups: readonly Group[]
  /** Variables of those groups but `all` in group_vars beside the inventory, and beside the playbook, strongest first. */
  readonly inventoryGroupLayers: readonly Layer[]
  readonly playbookGroupLayers: readonly Layer[]
  /** Magic variables that hold for a host at any moment: inventory_hostname, groups, hostvars ... */
  readonly hostMagic: ReadonlyMap<string, Value>
}

/** One level of precedence. `layers` are its sources, strongest first; a bare dict belongs to nothing that has a name. */
export interface Level {
  readonly name: string
  /** Its dicts are what they are: never merged with weaker ones. */
  readonly isFinal?: boolean
  /** Its dicts are the same ones for as long as a task runs on a host: no store that the engine writes to. */
  readonly isSettled?: boolean
  readonly layers: (context: LevelContext) => readonly (Layer | ReadonlyMap<Value, Value> | undefined)[]
}

/**
 * Ansible's precedence, strongest first (docs: "Understanding variable precedence"; numbers are the documentation's,
 * 1, connection values of the command line, holds no variables). Magic and loop variables stand above them all.
 */
export function levelsBy({ groupSources }: VariableSettings): readonly Level[] {
  return [...ABOVE_GROUPS, ...groupSources.toReversed().flatMap((source) => GROUP_LEVELS.get(source) ?? []), ...BELOW_GROUPS]
}

/** Names that `VARIABLE_PRECEDENCE` may hold. */
export function isGroupSource(name: string): boolean {
  return GROUP_LEVELS.has(name)
}

/** Levels that the inventory fills. */
export function isInventoryLevel({ name }: Level): boolean {
  return /^(?:inventory|playbook)-(?:host|group)/.test(name)
}

const ABOVE_GROUPS: readonly Level[] = [
  { name: 'loop', isFinal: true, layers: ({ place }) => [place.special] },
  { name: 'magic', isFinal: true, layers: ({ place, hostMagic }) => [place.magic, hostMagic] },
  /* 22 */ { name: 'extra-vars', layers: ({ stores }) => [stores.extra] },
  /* 21 */ { name: 'include-parameters', isSettled: true, layers: ({ place }) => reversed(place.includeParameters) },
  /* 20 */ { name: 'role-parameters', isSettled: true, layers: ({ place }) => roleParameters(place) },
  /* 19 */ { name: 'set_fact-and-register', layers: ({ place, stores }) => [stores.assigned.get(place.host)] },
  /* 18 */ { name: 'include_vars', layers: ({ place, stores }) => [stores.included.get(place.host)] },
  /* 17, 16 */ { name: 'task-and-block-vars', isSettled: true, layers: ({ place }) => reversed(place.taskVars) },
  /* 15 */ { name: 'role-vars', isSettled: true, layers: ({ roleVars }) => roleVars },
  /* 14 */ { name: 'vars_files', layers: ({ place, stores }) => [place.play.varsFiles.length > 0 ? stores.varsFiles.get(place.host) : undefined] },
  /* 13 */ { name: 'vars_prompt', layers: ({ place, stores }) => [place.play.varsPrompt.length > 0 ? stores.prompted : undefined] },
  /* 12 */ { name: 'play-vars', isSettled: true, layers: ({ place }) => [place.play.shared.vars] },
  /* 11 */ { name: 'facts', layers: ({ place, stores }) => [stores.facts.injected(place.host), stores.facts.named(place.host)] },
  /* 10 */ { name: 'playbook-host_vars', isSettled: true, layers: ({ place, playbookFolders }) => playbookFolders.map((folder) => folder.hosts.get(place.host)) },
  /* 9 */ { name: 'inventory-host_vars', isSettled: true, layers: ({ place, inventoryFolders }) => inventoryFolders.map((folder) => folder.hosts.get(place.host)) },
  /* 8 */ { name: 'inventory-host', layers: ({ place, inventory }) => [inventory.hosts.get(place.host)?.variables] },
]

const GROUP_LEVELS: ReadonlyMap<string, Level> = new Map<string, Level>([
  /* 7 */ ['groups_plugins_play', { name: 'playbook-group_vars', isSettled: true, layers: ({ playbookGroupLayers }) => playbookGroupLayers }],
  /* 6 */ ['groups_plugins_inventory', { name: 'inventory-group_vars', isSettled: true, layers: ({ inventoryGroupLayers }) => inventoryGroupLayers }],
  /* 5 */ ['all_plugins_play', { name: 'playbook-group_vars-all', isSettled: true, layers: ({ playbookFolders }) => playbookFolders.map(ofAll) }],
  /* 4 */ ['all_plugins_inventory', { name: 'inventory-group_vars-all', isSettled: true, layers: ({ inventoryFolders }) => inventoryFolders.map(ofAll) }],
  /* 3 */ ['groups_inventory', { name: 'inventory-group', isSettled: true, layers: ({ groups }) => groups.filter(({ name }) => name !== 'all').map(layerOf) }],
  ['all_inventory', { name: 'inventory-group-all', isSettled: true, layers: ({ groups }) => groups.filter(({ name }) => name === 'all').map(layerOf) }],
])

const BELOW_GROUPS: readonly Level[] = [
  /* 2 */ { name: 'role-defaults', isSettled: true, layers: ({ roleDefaults }) => roleDefaults },
]

function ofAll(folder: VariableFolder): Dict | undefined {
  return folder.groups.get('all')
}

function layerOf({ name, variables }: Group): Layer {
  return { of: name, dict: variables }
}

function reversed(dicts: readonly Dict[] | undefined): readonly Dict[] {
  return dicts ? [...dicts].reverse() : []
}
