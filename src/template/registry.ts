import type { Value } from '../value/value.ts'
import { FILTERS } from './filters/index.ts'
import { GLOBALS } from './globals.ts'
import { LOOKUPS } from './lookups/index.ts'
import { TESTS } from './tests/index.ts'
import type { Registry } from './types.ts'

/** Everything built in, with what a caller adds or replaces. */
export function createRegistry(additions: Partial<Registry> = {}): Registry {
  return extended({ filters: FILTERS, tests: TESTS, lookups: LOOKUPS, globals: GLOBALS }, additions)
}

/** A registry with more in it. */
export function extended(registry: Registry, additions: Partial<Registry>): Registry {
  return {
    filters: new Map([...registry.filters, ...additions.filters ?? []]),
    tests: new Map([...registry.tests, ...additions.tests ?? []]),
    lookups: new Map([...registry.lookups, ...additions.lookups ?? []]),
    globals: new Map<string, Value>([...registry.globals, ...additions.globals ?? []]),
  }
}
