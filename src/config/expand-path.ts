import { dirname, resolve } from 'node:path'
import { expandHome, expandVariables } from '../text/expand-home.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where a process stands, which is all that a path can depend on. */
export interface Place {
  readonly environment: Environment
  readonly folder: string
  readonly home: string
}

/** A path with `{{CWD}}`, `~` and `$NAME` filled in, made absolute: relative to the file it is written in, or to the current folder. */
export function expandPath(path: string, place: Place, file?: string): string {
  const text = expandVariables(path.replaceAll('{{CWD}}', place.folder), place.environment)
  const base = file === undefined ? place.folder : dirname(file)
  return resolve(base, expandHome(text, place.home))
}
