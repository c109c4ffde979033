import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** The Python of the control host, as `ansible_playbook_python` tells it: the one that an installed ansible runs with, or the first on the path. */
export function controlPython(): string {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))
  const programs = folders.map((folder) => join(folder, 'ansible')).filter((path) => existsSync(path))
  const interpreters = programs.map(interpreterOf).filter((path) => path !== undefined)
  return [...interpreters, ...folders.map((folder) => join(folder, 'python3'))].find((path) => existsSync(path)) ?? '/usr/bin/python3'
}

/** Of a script of Python's: an absolute path in its first line. */
function interpreterOf(script: string): string | undefined {
  const file = openSync(script, 'r')
  try {
    const start = Buffer.alloc(256)
    return /^#!\s*(\/\S*\/python[\d.]*)\s/.exec(start.toString('latin1', 0, readSync(file, start)))?.[1]
  } finally {
    closeSync(file)
  }
}
