import type { Diagnostic } from '../../diagnostics/types.ts'
import { checkArguments } from '../../module/check-arguments.ts'
import { isTemplate } from '../../value/template-string.ts'
import { controlName } from '../flow/control-name.ts'
import { mustSucceed } from './certainly-runs.ts'
import type { PlannedTask, StillPlay } from './every-task.ts'

/** What the engine does itself, besides the modules it is given. */
const CONTROLS: ReadonlySet<string> = new Set(['meta', 'include_tasks', 'include_role', 'include'])

/** Unknown modules, and arguments that are wrong whatever templates turn out to be. */
export function checkModule(still: StillPlay, planned: PlannedTask): readonly Diagnostic[] {
  const { task, frame } = planned.step
  if (CONTROLS.has(controlName(planned.step))) return []
  const { modules } = still.context.run.request
  if (isTemplate(task.module)) return []
  const module = modules.find(task.module)
  if (!module) return [unknownModule(task.module, modules.nearest(task.module), task.moduleRange)]
  if (!mustSucceed(still, planned)) return []
  // Defaults may give what is missing.
  const dynamic = task.args.dynamic ?? (frame.keywords.moduleDefaults.length > 0 ? null : undefined)
  return checkArguments(module, { ...task.args, dynamic }, task.moduleRange)
}

function unknownModule(name: string, near: readonly string[], range: Diagnostic['range']): Diagnostic {
  return {
    code: 'unknown-module', severity: 'error',
    summary: `Cannot find module '${name}'`,
    ...(near.length > 0 && { hint: `Did you mean ${near.map((candidate) => `'${candidate}'`).join(' or ')}?` }),
    ...(range && { range }),
  }
}
