import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { controlName } from '../flow/control-name.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { Value } from '../../value/value.ts'
import { searchPath } from '../task/search-path.ts'
import { mustSucceed } from './certainly-runs.ts'
import type { PlannedTask, StillPlay } from './every-task.ts'

/** Where the files of these modules are. */
const FOLDERS: Readonly<Partial<Record<string, string>>> = { copy: 'files', template: 'templates' }

/** Files of the playbook or a role that a task names plainly and that are not there. */
export function checkFiles(still: StillPlay, planned: PlannedTask): readonly Diagnostic[] {
  const { step } = planned
  const folder = FOLDERS[controlName(step)]
  const source = step.task.args.named.get('src')
  const name = source?.value
  if (folder === undefined || !isPlainName(name) || isOpen(step) || !mustSucceed(still, planned)) return []
  const places = searchPath(still.context.play, step).flatMap((place) => [join(place, folder, name), join(place, name)])
  if (places.some((place) => existsSync(place))) return []
  return [{
    code: 'missing-file', severity: 'error', range: source?.range ?? step.task.range,
    summary: `Cannot find '${name}'`, detail: `Looked at ${places.join(', ')}`,
  }]
}

/** An absolute path may be made by the run itself. */
function isPlainName(name: Value | undefined): name is string {
  return typeof name === 'string' && !isAbsolute(name) && !name.startsWith('~')
}

function isOpen({ task, frame }: TaskStep): boolean {
  return task.loop !== undefined || task.args.named.has('remote_src') || frame.keywords.moduleDefaults.length > 0
}
