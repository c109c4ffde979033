import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The name of a user or group of the control host by its number; undefined when it has none. */
export function ownerName(table: 'passwd' | 'group', id: number): string | undefined {
  const local = readFileSync(`/etc/${table}`, 'utf8').split('\n').map((line) => line.split(':')).find(([, , number]) => number === String(id))?.[0]
  if (local !== undefined) return local
  try {
    return execFileSync('getent', [table, String(id)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(':')[0]
  } catch {
    return undefined
  }
}
