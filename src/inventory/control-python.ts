import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The Python of the control host, as `ansible_playbook_python` tells it: the first on the path. */
export function controlPython(): string {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))
  return folders.map((folder) => join(folder, 'python3')).find((path) => existsSync(path)) ?? '/usr/bin/python3'
}
