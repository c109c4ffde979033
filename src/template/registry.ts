import type { Value } from '../value/value.ts'
import { FILTERS } from './filters/index.ts'
import { GLOBALS } from './globals.ts'
import { LOOKUPS } from './lookups/index.ts'
import { TESTS } from './tests/index.ts'
import type { Registry } from './types.ts'

/** Everything built in, with what a caller adds or replaces. */
export function createRegistry(additions: Partial<Registry> = {}): Registry {
  return {
    filters: new Map([...FILTERS, ...additions.filters ?? []]),
    tests: new Map([...TESTS, ...additions.tests ?? []]),
    lookups: new Map([...LOOKUPS, ...additions.lookups ?? []]),
    globals: new Map<string, Value>([...GLOBALS, ...additions.globals ?? []]),
  }
}
