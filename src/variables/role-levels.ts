import type { RoleUse } from '../playbook/ast.ts'
import type { Dict, Value } from '../value/value.ts'
import type { ScopePlace } from './host-variables.ts'

/** Variables with what they belong to. */
export interface Layer {
  readonly of: string
  readonly dict: ReadonlyMap<Value, Value>
}

/** Parameters of the place's own role and of the roles on the way to it, innermost first. */
export function roleParameters(place: ScopePlace): Layer[] {
  return place.role ? chain(place.role).map((use) => layer(use, use.parameters)) : []
}

type RolePlace = Pick<ScopePlace, 'play' | 'role' | 'publicRoles'>

/** What roles give to a place. */
export interface RoleLevels {
  readonly defaults: readonly Layer[]
  readonly vars: readonly Layer[]
}

/** Of the place's own role and of those whose variables are public. */
export function roleLevels(place: RolePlace): RoleLevels {
  return { defaults: roleDefaults(place), vars: roleVars(place) }
}

/** Defaults that a place sees, strongest first: its own role's, those of the roles on the way to it, its dependencies', then all others of the play. */
function roleDefaults(place: RolePlace): Layer[] {
  const own = place.role ? [...chain(place.role), ...dependencies(place.role)] : []
  return [...own, ...others(place)].map((use) => layer(use, use.role.defaults))
}

/** Vars that a place sees, strongest first: its own role's, its dependencies', those of the roles on the way to it, then all others of the play. */
function roleVars(place: RolePlace): Layer[] {
  const { role } = place
  const given = (use: RoleUse): Layer => layer(use, use.vars)
  const written = (use: RoleUse): Layer => layer(use, use.role.vars)
  const own = role ? [given(role), written(role), ...dependencies(role).map(written), ...chain(role).slice(1).flatMap((use) => [written(use), given(use)])] : []
  return [...own, ...others(place).map(written)]
}

/** Roles of the play and those that were made public, the last one first. */
function others(place: RolePlace): RoleUse[] {
  return [...place.play.roles, ...place.publicRoles ?? []].filter(({ isPublic }) => isPublic).flatMap((use) => [...dependencies(use).reverse(), use]).reverse()
}

/** A use and those it is a part of, innermost first. */
function chain(use: RoleUse): RoleUse[] {
  return use.parent ? [use, ...chain(use.parent)] : [use]
}

/** All dependencies, those that run last first. */
function dependencies(use: RoleUse): RoleUse[] {
  return [...use.dependencies].reverse().flatMap((dependency) => [dependency, ...dependencies(dependency)])
}

function layer(use: RoleUse, dict: Dict): Layer {
  return { of: use.role.name, dict }
}
