import type { Lookup } from '../types.ts'
import { FILE_LOOKUPS } from './files.ts'
import { LIST_LOOKUPS } from './lists.ts'
import { PASSWORD_LOOKUPS } from './password.ts'
import { TABLE_LOOKUPS } from './tables.ts'
import { VARIABLE_LOOKUPS } from './variables.ts'

/** Every built-in lookup; one line a family. */
export const LOOKUPS: ReadonlyMap<string, Lookup> = new Map<string, Lookup>([
  ...VARIABLE_LOOKUPS,
  ...FILE_LOOKUPS,
  ...LIST_LOOKUPS,
  ...TABLE_LOOKUPS,
  ...PASSWORD_LOOKUPS,
])
