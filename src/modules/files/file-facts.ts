import type { FileStat } from '../../remote/files.ts'
import type { JsonObject } from '../../value/value.ts'
import { modeText } from './mode.ts'

/** What a result tells of a file: `mode: '0644'`, `state: file`, owner, ids and size. */
export function fileFacts(stat: FileStat): JsonObject {
  const { owner, group, uid, gid, size, mode } = stat
  return { owner, group, uid, gid, size, mode: modeText(mode), state: stateOf(stat) }
}

/** Ansible's name for what is at a path. */
export function stateOf(stat: FileStat | undefined): string {
  if (stat === undefined) return 'absent'
  if (stat.type === 'link' || stat.type === 'directory') return stat.type
  return stat.links > 1 ? 'hard' : 'file'
}
