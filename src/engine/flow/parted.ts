import type { RoleUse } from '../../playbook/ast.ts'

/** How a set of hosts came out of some steps. Hosts in none of the lists are gone: unreachable, or ended by `meta`. */
export interface Parted {
  /** Go on with what comes next. */
  readonly on: readonly string[]
  readonly failed: readonly string[]
  /** Left a role by `meta: end_role`: they go on after it. */
  readonly left: readonly LeftRole[]
}

export interface LeftRole {
  readonly host: string
  readonly role: RoleUse | undefined
}

export function allOn(hosts: readonly string[]): Parted {
  return { on: hosts, failed: [], left: [] }
}

/** Some of `hosts`, in their order. */
export function inOrder(hosts: readonly string[], some: Iterable<string>): readonly string[] {
  const wanted = new Set(some)
  return hosts.filter((host) => wanted.has(host))
}

/** After the steps of a role: those who left it are back. */
export function rejoined(hosts: readonly string[], parted: Parted, role: RoleUse | undefined): Parted {
  if (parted.left.length === 0) return parted
  const back = parted.left.filter((left) => left.role === role).map(({ host }) => host)
  return { ...parted, on: inOrder(hosts, [...parted.on, ...back]), left: parted.left.filter((left) => left.role !== role) }
}
