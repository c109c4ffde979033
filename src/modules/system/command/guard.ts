import type { ModuleResult } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { globExists } from '../glob-exists.ts'

export interface Guards {
  readonly creates: string | undefined
  readonly removes: string | undefined
  readonly chdir: string | undefined
}

/** The result of a command that `creates` or `removes` keeps from running; undefined when it is to run. */
export async function guardedResult(guards: Guards, remote: Remote): Promise<ModuleResult | undefined> {
  const [created, removable] = await guardReads(guards, remote)
  if (guards.creates !== undefined && created) return held(`${guards.creates} exists`)
  if (guards.removes !== undefined && !removable) return held(`${guards.removes} does not exist`)
  return undefined
}

/** Asks what `guardedResult` needs to know. */
export async function guardReads({ creates, removes, chdir }: Guards, remote: Remote): Promise<readonly boolean[]> {
  const exists = (path: string | undefined) => path !== undefined && globExists(path, chdir, remote)
  return await Promise.all([exists(creates), exists(removes)])
}

function held(reason: string): ModuleResult {
  return {
    changed: false,
    msg: `Did not run command since ${reason}`,
    fields: { rc: 0, stdout: `skipped, since ${reason}`, stdout_lines: [`skipped, since ${reason}`], stderr: '', stderr_lines: [], start: null, end: null, delta: null },
  }
}
