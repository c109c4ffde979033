import type { Diagnostic } from '../../diagnostics/types.ts'
import { checkArguments } from '../../module/check-arguments.ts'
import type { Module } from '../../module/module.ts'
import type { Task } from '../../playbook/ast.ts'
import { checkControl } from '../../playbook/check-control.ts'
import { isTemplate } from '../../value/template-string.ts'
import { isVariableName, variableNameHint } from '../../value/variable-name.ts'
import { unknownModule } from '../task/unknown-module.ts'
import { controlName } from '../flow/control-name.ts'
import type { Certainty } from './certainty.ts'
import { CORE_MODULES } from './core-modules.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlannedTask } from './every-task.ts'
import type { StillPlay } from './still-plays.ts'

/** What the engine does itself, besides the modules it is given. */
const CONTROLS: ReadonlySet<string> = new Set(['meta', 'include_tasks', 'include_role'])

/** Unknown modules, and arguments that are wrong whatever templates turn out to be. */
export function checkModule(still: StillPlay, { step, certainty }: PlannedTask): readonly Diagnostic[] {
  const { task } = step
  if (CONTROLS.has(controlName(step))) return certainty === 'expected' ? [] : checkControl(task, controlName(step))
  const { modules } = still.context.run.request
  if (isTemplate(task.module)) return []
  const module = modules.find(task.module)
  if (!module) return absent(task, certainty, modules.nearest(task.module))
  if (certainty === 'expected') return []
  const problems = problemsWith(module, step)
  return [...deprecated(still, task), ...certainty === 'certain' ? problems : problems.map((problem): Diagnostic => ({ ...problem, severity: 'warning' }))]
}

function deprecated({ context: { run: { request } } }: StillPlay, { module, moduleRange }: Task): readonly Diagnostic[] {
  const summary = request.config.get('DEPRECATION_WARNINGS') ? request.modules.deprecation?.(module) : undefined
  return summary === undefined ? [] : [{ code: 'module-deprecation', severity: 'warning', summary, range: moduleRange }]
}

function problemsWith(module: Module, { task, frame }: TaskStep): readonly Diagnostic[] {
  const obstacle = module.obstacle?.()
  if (obstacle) return [{ code: 'unusable-module', severity: 'error', range: task.moduleRange, ...obstacle }]
  // Defaults may give what is missing.
  const dynamic = task.args.dynamic ?? (frame.keywords.moduleDefaults.length > 0 ? null : undefined)
  const problems = checkArguments(module, { ...task.args, dynamic }, task.moduleRange)
  return module.name === 'set_fact' ? [...problems, ...badNames(task)] : problems
}

function badNames({ args }: Task): readonly Diagnostic[] {
  return [...args.named].filter(([name]) => !isTemplate(name) && !isVariableName(name)).map(([name, { range }]) => ({
    code: 'bad-variable-name', severity: 'error', range,
    summary: `Cannot set '${name}': it is not a variable name`,
    hint: variableNameHint(name),
  }))
}

/** A mistyped name is a mistake wherever it stands. A module that tsplay does not have is one only where it is sure to be needed. */
function absent({ module, moduleRange }: Task, certainty: Certainty, near: readonly string[]): readonly Diagnostic[] {
  const problem = unknownModule(module, near, moduleRange)
  const exists = CORE_MODULES.has(module) || /^(?!ansible\.(?:builtin|legacy)\.)\w+\.\w+\.\w/.test(module)
  if (certainty === 'certain' || !exists) return [problem]
  return certainty === 'expected' ? [] : [{ ...problem, severity: 'warning' }]
}
