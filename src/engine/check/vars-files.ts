import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { namesIn, shownPath } from '../../yaml/source-store.ts'
import { varsFilePath } from '../play/vars-file-path.ts'
import { placeOf } from './place-of.ts'
import type { StillPlay } from './still-plays.ts'

/** What a play's `vars_files` define; undefined names: only the run can tell. */
export interface VarsFilesFound {
  readonly names: readonly string[] | undefined
  readonly problems: readonly Diagnostic[]
}

/** Reads the files of variables that a play names plainly. */
export async function checkVarsFiles(still: StillPlay): Promise<VarsFilesFound> {
  const { play, run } = still.context
  const plain = play.varsFiles.filter((entry) => typeof entry === 'string')
  const problems: Diagnostic[] = []
  const names: string[] = []
  for (const name of plain) {
    const path = varsFilePath(play.folder, name)
    const range = placeOf(name, play.range) ?? play.range
    if (!existsSync(path)) problems.push(missing(name, path, range))
    else {
      const { value, diagnostics } = await run.request.loader.variables(path, { allowList: true })
      problems.push(...diagnostics)
      names.push(...[...value.keys()].map(String))
    }
  }
  // A play without hosts does not read them.
  const severity = still.context.hosts.length === 0 ? 'warning' : 'error'
  return { names: plain.length === play.varsFiles.length ? names : undefined, problems: problems.map((problem) => problem.severity === 'error' ? { ...problem, severity } : problem) }
}

function missing(name: string, path: string, range: Diagnostic['range']): Diagnostic {
  const hint = didYouMean(name, namesIn(join(path, '..')).map((file) => join(name, '..', file)))
  return {
    code: 'missing-file', severity: 'error', ...(range && { range }),
    summary: `Cannot find the file of variables '${name}'`, detail: `Looked at ${shownPath(path)}`, ...(hint !== undefined && { hint }),
  }
}
