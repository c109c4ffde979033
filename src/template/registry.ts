import type { Value } from '../value/value.ts'
import { FILTERS } from './filters/index.ts'
import { GLOBALS } from './globals.ts'
import { LOOKUPS } from './lookups/index.ts'
import { TESTS } from './tests/index.ts'
import { PluginTable } from './plugin-table.ts'
import type { Filter, Lookup, Registry, Test } from './types.ts'

/** Everything built in, with what a caller adds or replaces. */
export function createRegistry(additions: Partial<Registry> = {}): Registry {
  return extended({ filters: FILTERS, tests: TESTS, lookups: LOOKUPS, globals: GLOBALS }, additions)
}

/** A registry with more in it. */
export function extended(registry: Registry, additions: Partial<Registry>): Registry {
  const find = additions.find ?? registry.find
  return {
    filters: new PluginTable([...registry.filters, ...additions.filters ?? []], (name) => find?.('filters', name) as Filter | undefined),
    tests: new PluginTable([...registry.tests, ...additions.tests ?? []], (name) => find?.('tests', name) as Test | undefined),
    lookups: new PluginTable([...registry.lookups, ...additions.lookups ?? []], (name) => find?.('lookups', name) as Lookup | undefined),
    globals: new Map<string, Value>([...registry.globals, ...additions.globals ?? []]),
    ...find !== undefined && { find },
  }
}
