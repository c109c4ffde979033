import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** An ansible-core that is installed on the control host. Files of it are read; nothing of it is run here. */
export interface InstalledCore {
  /** The folder `ansible`. */
  readonly path: string
  readonly version: string
}

/** Folders that Python imports from on the control host, as far as they can be told without running it. */
export function pythonFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const named = (environment.PYTHONPATH ?? '').split(':').filter((path) => path !== '')
  const venv = environment.VIRTUAL_ENV === undefined ? [] : libraries(environment.VIRTUAL_ENV)
  const local = ['.local', '/usr/local', '/usr'].flatMap((place) => libraries(place.startsWith('/') ? place : join(homedir(), place)))
  return [...new Set([...named, ...venv, ...besidePrograms(environment.PATH ?? ''), ...local])].filter((path) => existsSync(path))
}

export function installedCore(folders: readonly string[]): InstalledCore | undefined {
  const folder = folders.find((path) => existsSync(join(path, 'ansible/module_utils/basic.py')) && existsSync(join(path, 'ansible/release.py')))
  if (folder === undefined) return undefined
  const path = join(folder, 'ansible')
  const release = readFileSync(join(path, 'release.py'), 'utf8')
  return { path, version: /__version__ = '([^']+)'/.exec(release)?.[1] ?? '2.19.0' }
}

function libraries(prefix: string): readonly string[] {
  const lib = join(prefix, 'lib')
  const versions = existsSync(lib) ? readdirSync(lib).filter((name) => /^python3(?:\.\d+)?$/.test(name)).sort(newestFirst) : []
  return versions.flatMap((name) => [join(lib, name, 'site-packages'), join(lib, name, 'dist-packages')])
}

function newestFirst(a: string, b: string): number {
  return Number(b.split('.')[1] ?? 99) - Number(a.split('.')[1] ?? 99)
}

/** An `ansible` that Python runs stands in the environment that it is installed in: that of venv or pipx. */
function besidePrograms(path: string): readonly string[] {
  return path.split(':').flatMap((folder) => {
    const program = join(folder, 'ansible')
    return folder !== '' && existsSync(program) && isPython(program) ? libraries(dirname(dirname(realpathSync(program)))) : []
  })
}

function isPython(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(200)
    const length = readSync(file, start)
    return /^#!.*python/.test(start.toString('latin1', 0, length))
  } finally {
    closeSync(file)
  }
}
