import { homedir } from 'node:os'
import { join } from 'node:path'

/** A path with a leading `~/` (or a lone `~`) replaced by the home folder of the user who runs tsplay. */
export function expandHome(path: string): string {
  if (path === '~') return homedir()
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path
}
