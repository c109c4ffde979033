import { randomInt } from 'node:crypto'
import { basename, dirname, join } from 'node:path/posix'
import type { Remote } from '../../remote/remote.ts'

/** Copies a file beside itself under Ansible's backup name, with owner, permissions and times; the new path. */
export async function backUp(path: string, remote: Remote, now = new Date()): Promise<string> {
  const backup = join(dirname(path), backupName(basename(path), now))
  const stat = await remote.stat(path)
  const kept = stat === undefined ? {} : { mode: stat.mode, owner: stat.owner, group: stat.group, modified: stat.modified, accessed: stat.accessed }
  await remote.copy(path, backup, kept)
  return backup
}

/** Where Ansible puts the number of the module's process, which tells apart what is backed up within a second, stands a number as large. */
function backupName(name: string, now: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':')
  return `${name}.${randomInt(1 << 15, 1 << 22)}.${day}@${time}~`
}
