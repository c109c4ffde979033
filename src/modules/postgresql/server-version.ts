import type { JsonObject } from '../../value/value.ts'

/** `PostgreSQL 15.4 (Debian 15.4-1) on ...` in parts, as postgresql_ping tells it. */
export function versionOf(raw: string): JsonObject {
  const [full = '', major = '0', minor = '0', patch] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(raw.split(' ')[1] ?? '') ?? []
  return { raw, full, major: Number(major), minor: Number(minor), ...(patch === undefined ? {} : { patch: Number(patch) }) }
}
