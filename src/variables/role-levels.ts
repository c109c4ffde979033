import type { RoleUse } from '../playbook/ast.ts'
import type { Dict } from '../value/value.ts'
import type { ScopePlace } from './host-variables.ts'

/** Parameters of the place's own role and of the roles on the way to it. */
export function roleParameters(place: ScopePlace): Dict[] {
  return place.role ? chain(place.role).map((use) => use.parameters) : []
}

/**
 * Uses whose defaults and vars a place sees, strongest first: its own role's, those of the roles on the way to it,
 * its dependencies', then all other roles of the play, the last one first.
 */
export function visibleRoles(place: ScopePlace): RoleUse[] {
  const own = place.role ? [...chain(place.role), ...dependencies(place.role)] : []
  const others = [...place.play.roles, ...place.publicRoles ?? []].flatMap((use) => [...dependencies(use).reverse(), use]).reverse()
  return [...own, ...others]
}

/** A use and those it is a part of, innermost first. */
function chain(use: RoleUse): RoleUse[] {
  return use.parent ? [use, ...chain(use.parent)] : [use]
}

/** All dependencies, those that run last first. */
function dependencies(use: RoleUse): RoleUse[] {
  return [...use.dependencies].reverse().flatMap((dependency) => [dependency, ...dependencies(dependency)])
}
