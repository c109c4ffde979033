import { isWanted } from './tags.ts'
import { runInclude } from './run-include.ts'
import { runMeta } from './run-meta.ts'
import { runTask } from './run-task.ts'
import { allOn, type Parted } from './parted.ts'
import type { FlowPlace } from './flow-place.ts'
import { matchesStart, wantsStep } from './start-at.ts'
import type { TaskStep } from '../plan/steps.ts'
import { controlName } from './control-name.ts'

type Runner = (step: TaskStep, hosts: readonly string[], at: FlowPlace) => Promise<Parted>

/** Tasks that steer the run itself. */
const CONTROLS: Readonly<Partial<Record<string, Runner>>> = {
  meta: runMeta,
  include_tasks: runInclude,
  include_role: runInclude,
  include: runInclude,
}

/** Runs one task over a set of hosts, unless tags, `--start-at-task` or `--step` leave it out. */
export async function runTaskStep(step: TaskStep, hosts: readonly string[], at: FlowPlace): Promise<Parted> {
  const control = controlName(step)
  const place = { play: at.play, step, host: hosts[0] ?? '' }
  if (!step.task.isHandler && !isWanted(place)) return allOn(hosts)
  if (at.play.run.seeking && control !== 'meta' && !matchesStart(place)) return allOn(hosts)
  if (control !== 'meta' && !await wantsStep(place)) return allOn(hosts)
  return (CONTROLS[control] ?? runTask)(step, hosts, at)
}
