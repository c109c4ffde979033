import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Value } from '../../value/value.ts'
import { namesIn, shownPath } from '../../yaml/source-store.ts'
import { controlName } from '../flow/control-name.ts'
import type { TaskStep } from '../plan/steps.ts'
import { searchPath } from '../task/search-path.ts'
import type { PlannedTask } from './every-task.ts'
import type { StillPlay } from './still-plays.ts'

/** Where the files of these modules are. */
const FOLDERS: Readonly<Partial<Record<string, string>>> = { copy: 'files', template: 'templates', script: 'files', unarchive: 'files', assemble: 'files' }

/** A file of the playbook or a role that a task names plainly. */
export interface NamedFile {
  readonly name: string
  readonly places: readonly string[]
  /** The first place where it is. */
  readonly path: string | undefined
  readonly range: Diagnostic['range']
}

/** The file that a task's `src` names, unless only the run can tell, or only the host has it. */
export function namedFile(still: StillPlay, { step }: PlannedTask): NamedFile | undefined {
  const folder = FOLDERS[controlName(step)]
  const source = step.task.args.named.get('src')
  const name = source?.value
  if (folder === undefined || !isPlainName(name) || isOpen(step)) return undefined
  const places = searchPath(still.context.play, step).flatMap((place) => [join(place, folder, name), join(place, name)])
  return { name, places, path: places.find((place) => existsSync(place)), range: source?.range ?? step.task.range }
}

/** Files of the playbook or a role that a task names plainly and that are not there; `others` are the tasks of the play. */
export function checkFiles(still: StillPlay, planned: PlannedTask, others: readonly PlannedTask[]): readonly Diagnostic[] {
  const file = planned.certainty === 'certain' ? namedFile(still, planned) : undefined
  if (file === undefined || file.path !== undefined || others.some((other) => mayMake(other, file.name))) return []
  const { name, places, range } = file
  const hint = didYouMean(name, places.flatMap((place) => namesIn(join(place, '..'))))
  return [{
    code: 'missing-file', severity: 'error', ...(range && { range }),
    summary: `Cannot find '${name}'`, detail: `Looked at ${places.map(shownPath).join(', ')}`, ...(hint !== undefined && { hint }),
  }]
}

/** A delegated task that names the same file may be the one that makes it. */
function mayMake({ step: { task, frame } }: PlannedTask, name: string): boolean {
  const plain = name.replace(/\/+$/, '')
  return frame.keywords.delegateTo !== undefined && [...task.args.named.values()].some(({ value }) => value === plain)
}

/** An absolute path may be made by the run itself. */
function isPlainName(name: Value | undefined): name is string {
  return typeof name === 'string' && !isAbsolute(name) && !name.startsWith('~')
}

function isOpen({ task, frame }: TaskStep): boolean {
  return task.loop !== undefined || task.args.named.has('remote_src') || frame.keywords.moduleDefaults.length > 0
}
