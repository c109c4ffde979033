import type { Diagnostic } from '../../diagnostics/types.ts'
import type { IncludeContext, RoleRequest } from '../../playbook/loader.ts'
import type { Dict, Value } from '../../value/value.ts'
import { collectionsOf } from '../flow/included.ts'
import { controlName } from '../flow/control-name.ts'
import { newSequence, planSteps } from '../plan/plan-steps.ts'
import type { Frame, Step, TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'

/** What an include task that names its file or role plainly brings in. */
export interface StaticallyIncluded {
  readonly name: string
  readonly steps: readonly Step[]
  readonly handlers: readonly Step[]
  readonly problems: readonly Diagnostic[]
}

/** Reads it; undefined for other tasks, for names that only the run can tell, and for what is being read already. */
export async function staticallyIncluded(step: TaskStep, context: PlayContext, trail: readonly string[]): Promise<StaticallyIncluded | undefined> {
  const control = controlName(step)
  const read = Object.hasOwn(READERS, control) ? READERS[control] : undefined
  const included = read === undefined ? undefined : await read(step, context)
  return included === undefined || trail.includes(included.name) ? undefined : included
}

type Reader = (step: TaskStep, context: PlayContext) => Promise<StaticallyIncluded | undefined>

const READERS: Readonly<Record<string, Reader>> = { include_tasks: includedTasks, include_role: includedRole }

async function includedTasks(step: TaskStep, context: PlayContext): Promise<StaticallyIncluded | undefined> {
  const { args } = step.task
  const name = (args.named.get('file') ?? args.named.get('_raw_params') ?? args.free)?.value
  if (typeof name !== 'string') return undefined
  const { value, diagnostics } = await context.run.request.loader.tasks(name, includeContext(step, context))
  return {
    name: `${step.task.folder}/${name}`,
    steps: planSteps(value, { frame: innerFrame(step), sequence: newSequence(), nextId: context.run.nextId }),
    handlers: [],
    problems: placed(diagnostics, step),
  }
}

async function includedRole(step: TaskStep, context: PlayContext): Promise<StaticallyIncluded | undefined> {
  const request = roleRequest(step)
  if (request === undefined) return undefined
  const { value: { use, nodes, handlers }, diagnostics } = await context.run.request.loader.role(request, includeContext(step, context))
  const planning = { frame: { ...innerFrame(step), role: use }, sequence: newSequence(), nextId: context.run.nextId }
  return { name: `role ${request.name} ${request.tasksFrom ?? ''}`, steps: planSteps(nodes, planning), handlers: planSteps(handlers, planning), problems: placed(diagnostics, step) }
}

function roleRequest({ task: { args, keywords } }: TaskStep): RoleRequest | undefined {
  const given = ['name', 'role', 'tasks_from', 'vars_from', 'defaults_from', 'handlers_from'].map((key) => args.named.get(key)?.value)
  if (given.some((value) => value !== undefined && typeof value !== 'string')) return undefined
  const [own, role, tasksFrom, varsFrom, defaultsFrom, handlersFrom] = given.map((value) => value === undefined ? undefined : String(value))
  const name = own ?? role
  if (name === undefined) return undefined
  const from = Object.fromEntries(Object.entries({ tasksFrom, varsFrom, defaultsFrom, handlersFrom }).filter(([, value]) => value !== undefined))
  return { name, ...from, parameters: keywords.vars ?? new Map<Value, Value>() }
}

function innerFrame({ outer, task }: TaskStep): Frame {
  const parameters: readonly Dict[] = task.keywords.vars === undefined ? [] : [task.keywords.vars]
  return { ...outer, includeParameters: [...outer.includeParameters, ...parameters] }
}

function includeContext(step: TaskStep, { play }: PlayContext): IncludeContext {
  const { task, frame } = step
  return { role: frame.role, folder: task.folder, playFolder: play.folder, isHandler: task.isHandler, collections: collectionsOf(step) }
}

/** A file that is not there is the include's mistake. */
function placed(diagnostics: readonly Diagnostic[], { task }: TaskStep): readonly Diagnostic[] {
  const range = (task.args.named.get('file') ?? task.args.named.get('name') ?? task.args.named.get('role') ?? task.args.free)?.range ?? task.moduleRange
  return diagnostics.map((diagnostic) => ({ range, ...diagnostic }))
}
