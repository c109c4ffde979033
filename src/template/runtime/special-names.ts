/** Filters whose purpose is to deal with undefined values. */
export const ACCEPTS_UNDEFINED_FILTERS: ReadonlySet<string> = names('default', 'd', 'mandatory', 'type_debug', 'format')

/** Filters that hand their arguments on: templates inside those stay unevaluated until they are reached. */
export const LAZY_FILTERS: ReadonlySet<string> = names('default', 'd', 'mandatory', 'ternary', 'type_debug', 'unvault')

/** Tests that look at the value as it is stored. */
export const LAZY_TESTS: ReadonlySet<string> = names('defined', 'undefined', 'vault_encrypted')

/** Filters that take containers apart or hand their items on without looking at them. */
export const STRUCTURAL_FILTERS: ReadonlySet<string> = names('length', 'count', 'first', 'last', 'list', 'reverse', 'dict2items', 'items')

/** What is undefined is neither true nor false; ansible-core 2.19 fails at these two. */
export const ACCEPTS_UNDEFINED_TESTS: ReadonlySet<string> = names('defined', 'undefined', 'true', 'false')

function names(...short: readonly string[]): ReadonlySet<string> {
  return new Set([...short, ...short.map((name) => `ansible.builtin.${name}`)])
}
