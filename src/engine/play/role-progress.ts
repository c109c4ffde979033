import type { RoleUse } from '../../playbook/ast.ts'

/** Which roles have run to their end on which hosts of a batch. */
export class RoleProgress {
  readonly #begun = new Map<string, Set<string>>()
  readonly #done = new Map<string, Set<string>>()

  /** A task of the role has run on the host. */
  begin({ identity }: RoleUse, host: string): void {
    added(this.#begun, identity).add(host)
  }

  /** The host is through with the role, which counts when anything of it was run there. */
  end({ identity }: RoleUse, hosts: readonly string[]): void {
    const begun = this.#begun.get(identity)
    for (const host of hosts) if (begun?.has(host)) added(this.#done, identity).add(host)
  }

  /** Whether the role is not to be run on a host again. */
  isDone({ identity, allowDuplicates }: RoleUse, host: string): boolean {
    return !allowDuplicates && this.#done.get(identity)?.has(host) === true
  }
}

function added(map: Map<string, Set<string>>, key: string): Set<string> {
  const set = map.get(key) ?? new Set<string>()
  map.set(key, set)
  return set
}
