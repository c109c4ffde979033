import type { ModuleResult } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Json } from '../../../value/value.ts'
import { globExists } from '../glob-exists.ts'

export interface Guards {
  readonly creates: string | undefined
  readonly removes: string | undefined
  readonly chdir: string | undefined
}

/** What the result says of the command, and whether it is only a prediction. */
interface Told {
  readonly cmd?: Json
  readonly predicted?: boolean
}

/** The result of a command that `creates` or `removes` keeps from running; undefined when it is to run. */
export async function guardedResult(guards: Guards, remote: Remote, told: Told = {}): Promise<ModuleResult | undefined> {
  const [created, removable] = await guardReads(guards, remote)
  if (guards.creates !== undefined && created) return held(guards.creates, 'exists', told)
  if (guards.removes !== undefined && !removable) return held(guards.removes, 'does not exist', told)
  return undefined
}

/** Whether there is a guard at all. */
export function isGuarded({ creates, removes }: Pick<Guards, 'creates' | 'removes'>): boolean {
  return creates !== undefined || removes !== undefined
}

/** Asks what `guardedResult` needs to know. */
export async function guardReads({ creates, removes, chdir }: Guards, remote: Remote): Promise<readonly boolean[]> {
  const exists = (path: string | undefined) => path !== undefined && globExists(path, chdir, remote)
  return await Promise.all([exists(creates), exists(removes)])
}

function held(path: string, state: string, { cmd, predicted = false }: Told): ModuleResult {
  const said = `skipped, since ${path} ${state}`
  return {
    changed: false,
    msg: `${predicted ? 'Would' : 'Did'} not run command since '${path}' ${state}`,
    fields: { ...cmd !== undefined && { cmd }, rc: 0, stdout: said, stdout_lines: [said], stderr: '', stderr_lines: [], start: null, end: null, delta: null },
  }
}
