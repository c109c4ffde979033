import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** Where a file of variables is that a play names: below `vars/` beside the playbook, or beside it. */
export function varsFilePath(folder: string, name: string): string {
  if (isAbsolute(name)) return name
  const below = join(folder, 'vars', name)
  return existsSync(below) ? below : join(folder, name)
}
