import { dirname, resolve } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where a process stands, which is all that a path can depend on. */
export interface Place {
  readonly environment: Environment
  readonly folder: string
  readonly home: string
}

/** A path with `{{CWD}}`, `~` and `$NAME` filled in, made absolute: relative to the file it is written in, or to the current folder. */
export function expandPath(path: string, place: Place, file?: string): string {
  const text = path.replaceAll('{{CWD}}', place.folder)
    .replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, name?: string, braced?: string) => place.environment[name ?? braced ?? ''] ?? whole)
  const base = file === undefined ? place.folder : dirname(file)
  return resolve(base, text === '~' || text.startsWith('~/') ? place.home + text.slice(1) : text)
}
