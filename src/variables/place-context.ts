import type { Group, Inventory } from '../inventory/inventory.ts'
import type { VariableFolder } from '../inventory/variable-folder.ts'
import type { Play, RoleUse } from '../playbook/ast.ts'
import type { Dict, Value } from '../value/value.ts'
import { hostMagic } from './host-magic.ts'
import type { ScopePlace } from './host-variables.ts'
import type { LevelContext } from './levels.ts'
import { memoize } from './memoize.ts'
import { type Layer, type RoleLevels, roleLevels } from './role-levels.ts'
import type { Stores } from './stores.ts'

export interface ContextSources {
  readonly inventory: Inventory
  readonly inventoryFolders: readonly VariableFolder[]
  /** The same list each time for a play. */
  readonly playbookFolders: (play: Play) => readonly VariableFolder[]
  readonly stores: Stores
  readonly hostvars: (play: Play) => Dict
}

/** What the contexts of a run have in common. */
interface SharedContext extends ContextSources {
  readonly groupFacts: (groups: readonly Group[]) => GroupFacts
  /** For places without roles that were made public on the way. */
  readonly playRoles: (play: Play) => (role: RoleUse) => RoleLevels
}

/** What follows from the groups of a host. */
interface GroupFacts {
  readonly strongestFirst: readonly Group[]
  readonly names: readonly string[]
  /** Variables of the groups but `all` in the folders of the inventory, and in those beside a playbook, strongest first. */
  readonly inventoryLayers: readonly Layer[]
  readonly playbookLayers: (folders: readonly VariableFolder[]) => readonly Layer[]
}

/** Works out once for the run what many places share. */
export function shareContext(sources: ContextSources): SharedContext {
  return {
    ...sources,
    // The inventory hands out the same list of groups for a host until something about them changes.
    groupFacts: memoize((groups: readonly Group[]) => factsOf(groups, sources)),
    playRoles: memoize((play: Play) => memoize((role: RoleUse) => roleLevels({ play, role }))),
  }
}

/** What the levels see from one place. One is made for each task on each host: groups, roles and magic are worked out only when a lookup gets that far. */
export class PlaceContext implements LevelContext {
  readonly place: ScopePlace
  readonly #shared: SharedContext
  #groups: GroupFacts | undefined
  #roles: RoleLevels | undefined
  #magic: ReadonlyMap<string, Value> | undefined

  constructor(place: ScopePlace, shared: SharedContext) {
    this.place = place
    this.#shared = shared
  }

  get stores(): Stores {
    return this.#shared.stores
  }

  get inventory(): Inventory {
    return this.#shared.inventory
  }

  get inventoryFolders(): readonly VariableFolder[] {
    return this.#shared.inventoryFolders
  }

  get playbookFolders(): readonly VariableFolder[] {
    return this.#shared.playbookFolders(this.place.play)
  }

  get roleDefaults(): readonly Layer[] {
    return this.#roleLevels.defaults
  }

  get roleVars(): readonly Layer[] {
    return this.#roleLevels.vars
  }

  get groups(): readonly Group[] {
    return this.#groupFacts.strongestFirst
  }

  get inventoryGroupLayers(): readonly Layer[] {
    return this.#groupFacts.inventoryLayers
  }

  get playbookGroupLayers(): readonly Layer[] {
    return this.#groupFacts.playbookLayers(this.playbookFolders)
  }

  get hostMagic(): ReadonlyMap<string, Value> {
    return this.#magic ??= this.#workOutMagic()
  }

  get #groupFacts(): GroupFacts {
    return this.#groups ??= this.#shared.groupFacts(this.inventory.groupsOf(this.place.host))
  }

  get #roleLevels(): RoleLevels {
    return this.#roles ??= this.#workOutRoles()
  }

  #workOutRoles(): RoleLevels {
    const { play, role, publicRoles = [] } = this.place
    return role && publicRoles.length === 0 ? this.#shared.playRoles(play)(role) : roleLevels(this.place)
  }

  #workOutMagic(): ReadonlyMap<string, Value> {
    const { place: { host, play }, inventory } = this
    return hostMagic({ host, inventory, groupNames: this.#groupFacts.names, hostvars: () => this.#shared.hostvars(play) })
  }
}

function factsOf(groups: readonly Group[], { inventoryFolders }: ContextSources): GroupFacts {
  const strongestFirst = [...groups].reverse()
  return {
    strongestFirst,
    names: strongestFirst.map(({ name }) => name).filter((name) => name !== 'all').sort(),
    inventoryLayers: groupLayers(strongestFirst, inventoryFolders),
    playbookLayers: memoize((folders: readonly VariableFolder[]) => groupLayers(strongestFirst, folders)),
  }
}

/** Of every group but `all`, which is a level of its own. A later source wins over an earlier one, whatever the groups. */
function groupLayers(groups: readonly Group[], folders: readonly VariableFolder[]): readonly Layer[] {
  const named = groups.filter(({ name }) => name !== 'all')
  return folders.flatMap((folder) => named.flatMap(({ name }) => {
    const dict = folder.groups.get(name)
    return dict === undefined ? [] : [{ of: name, dict }]
  }))
}
