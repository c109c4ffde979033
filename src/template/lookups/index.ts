import type { Lookup } from '../types.ts'

/** Every built-in lookup; one line a family. */
export const LOOKUPS: ReadonlyMap<string, Lookup> = new Map<string, Lookup>()
