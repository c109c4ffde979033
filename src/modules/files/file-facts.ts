import type { FileStat } from '../../remote/files.ts'
import type { JsonObject } from '../../value/value.ts'
import type { KnownStat } from './attributes.ts'
import { modeText } from './mode.ts'

/** What a result tells of a file: `mode: '0644'`, `state: file`, owner, ids and size. */
export function fileFacts(stat: FileStat): JsonObject {
  const { owner, group, uid, gid, size, mode } = stat
  return { owner, group, uid, gid, size, mode: modeText(mode), state: stateOf(stat) }
}

/** The facts that are known of a file that may not be made yet. */
export function knownFacts(stat: KnownStat | undefined): JsonObject {
  if (stat === undefined) return {}
  const { owner, group, uid, gid, size, mode } = stat
  const facts = { owner, group, uid, gid, size, mode: mode === undefined ? undefined : modeText(mode), state: stateOf(stat) }
  return Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** Ansible's name for what is at a path. */
export function stateOf(stat: KnownStat | undefined): string {
  if (stat === undefined) return 'absent'
  if (stat.type === 'link' || stat.type === 'directory') return stat.type
  return (stat.links ?? 1) > 1 ? 'hard' : 'file'
}
