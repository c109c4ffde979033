import type { Lookup } from '../types.ts'
import { COMMUNITY_LOOKUPS } from './community.ts'
import { CONFIG_LOOKUPS } from './config.ts'
import { DIG_LOOKUPS } from './dig.ts'
import { FILE_LOOKUPS } from './files.ts'
import { LIST_LOOKUPS } from './lists.ts'
import { PASSWORD_LOOKUPS } from './password.ts'
import { TABLE_LOOKUPS } from './tables.ts'
import { URL_LOOKUPS } from './url.ts'
import { VARIABLE_LOOKUPS } from './variables.ts'

/** Every built-in lookup; one line a family. */
export const LOOKUPS: ReadonlyMap<string, Lookup> = new Map<string, Lookup>([
  ...VARIABLE_LOOKUPS,
  ...FILE_LOOKUPS,
  ...LIST_LOOKUPS,
  ...TABLE_LOOKUPS,
  ...PASSWORD_LOOKUPS,
  ...URL_LOOKUPS,
  ...CONFIG_LOOKUPS,
  ...DIG_LOOKUPS,
  ...COMMUNITY_LOOKUPS,
])
