import { didYouMean } from '../../diagnostics/nearest.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { FreeName } from '../../template/types.ts'
import type { ModuleRegistry } from '../../module/registry.ts'
import { isTemplate } from '../../value/template-string.ts'
import { controlName } from '../flow/control-name.ts'
import type { TaskStep } from '../plan/steps.ts'
import { openSite } from '../task/site.ts'
import type { PlannedTask } from './every-task.ts'
import { hasUnknownNames, loopNames } from './loop-names.ts'
import type { StillPlay } from './still-plays.ts'
import { argumentTemplates, templatesIn } from './templates-in.ts'

/** Names that the run itself will define; undefined when that cannot be told. */
export type DefinedNames = ReadonlySet<string> | undefined

/** Modules that bring variables nobody can name beforehand. */
const OPEN_ENDED: ReadonlySet<string> = new Set(['include_vars', 'include_tasks', 'include_role', 'include', 'add_host', 'package_facts', 'service_facts', 'getent', 'mount_facts', 'set_stats'])

/** What the tasks of all plays register and set. */
export function namesDefinedBy(tasks: readonly PlannedTask[], modules: ModuleRegistry): DefinedNames {
  if (tasks.some((task) => isOpenEnded(task, modules))) return undefined
  return new Set(tasks.flatMap(({ step }) => namesOf(step)))
}

/** Variables that a task is sure to use and that no source can define. */
export function checkNames(still: StillPlay, planned: PlannedTask, defined: DefinedNames): readonly Diagnostic[] {
  if (defined === undefined || planned.certainty !== 'certain') return []
  const { step } = planned
  const local = new Set([...planned.given, ...loopNames(step)])
  return requiredNames(still, step)
    .filter(({ name }) => !local.has(name) && !defined.has(name) && !name.startsWith('ansible_') && !isKnown(still, step, name))
    .map((missing) => undefinedName(still, step, missing))
}

/** A module of one's own in Python or another language may return facts of any name. */
function isOpenEnded({ step, isOpened }: PlannedTask, modules: ModuleRegistry): boolean {
  const { args, module } = step.task
  if (isOpened) return hasUnknownNames(step)
  return OPEN_ENDED.has(controlName(step)) || args.dynamic !== undefined || modules.find(module)?.hasOwnSpec === true || [...args.named.keys()].some(isTemplate)
}

function namesOf(step: TaskStep): readonly string[] {
  const { register, args } = step.task
  return [...register === undefined ? [] : [register], ...controlName(step) === 'set_fact' ? args.named.keys() : []]
}

/** Of the arguments, or of the loop, without which those are not even looked at. */
function requiredNames({ context }: StillPlay, { task }: TaskStep): readonly FreeName[] {
  const { templar } = context.run.request
  const templates = task.loop ? templatesIn(task.loop.value) : argumentTemplates(task)
  return templates.flatMap((template) => templar.requiredNames(template, 'template'))
}

function isKnown({ context }: StillPlay, step: TaskStep, name: string): boolean {
  if (context.play.varsPrompt.some((prompt) => prompt.name === name)) return true
  return context.hosts.some((host) => openSite({ play: context, step, host }).scope.get(name) !== undefined)
}

function undefinedName({ context }: StillPlay, step: TaskStep, { name, range }: FreeName): Diagnostic {
  const hint = didYouMean(name, openSite({ play: context, step, host: context.hosts[0] ?? '' }).scope.names())
  return {
    code: 'undefined-variable', severity: 'error',
    summary: `Cannot use '${name}': no variable of that name is defined anywhere`,
    ...(hint !== undefined && { hint }),
    ...((range ?? step.task.range) && { range: range ?? step.task.range }),
  }
}
