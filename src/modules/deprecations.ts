import type { JsonObject } from '../value/value.ts'

/** What a task says that ansible-core will not take for ever. */
export interface Deprecation {
  readonly msg: string
  /** The first one that does not take it. */
  readonly version: string
}

/** The field of a result that tells of it; nothing where there is nothing to tell. */
export function deprecationsField(told: readonly Deprecation[]): JsonObject {
  return told.length === 0 ? {} : { deprecations: told.map(({ msg, version }) => ({ msg, version, collection_name: 'ansible.builtin' })) }
}
