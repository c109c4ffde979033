import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { RoleUse, TaskNode } from '../../playbook/ast.ts'
import type { IncludeContext, Loaded, RoleRequest } from '../../playbook/loader.ts'
import { toJson } from '../../value/json.ts'
import type { Dict, JsonObject, Value } from '../../value/value.ts'
import { applyKeywords } from '../plan/apply-keywords.ts'
import { inheritKeywords } from '../plan/inherit-keywords.ts'
import { newSequence, planSteps } from '../plan/plan-steps.ts'
import type { Frame, Step } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { asBoolean, asText, evaluated, KeywordError } from '../task/keyword.ts'
import type { Site } from '../task/site.ts'
import { controlName } from './control-name.ts'

/** What one turn of an include task brings in. */
export interface Included {
  /** The same for hosts that include the same with the same loop variables. */
  readonly key: string
  /** What the task's result says of it. */
  readonly told: JsonObject
  /** The file, or the name of the role. */
  readonly path: string
  /** Makes steps of it; adds its handlers to the play. */
  readonly plan: (play: PlayContext) => { readonly steps: readonly Step[], readonly role: RoleUse | undefined }
}

/** Evaluates and loads what a site's include task asks for. Throws what that throws. */
export function includedBy(site: Site): Promise<Included> {
  return controlName(site.step) === 'include_role' ? includedRole(site) : includedTasks(site)
}

async function includedTasks(site: Site): Promise<Included> {
  const { args } = site.step.task
  const name = asText(evaluated(site, args.named.get('file')?.value ?? args.named.get('_raw_params')?.value ?? args.free?.value))
  if (name === undefined) throw new KeywordError('Cannot include tasks: no file is named')
  const nodes = whole(await site.play.run.request.loader.tasks(name, contextOf(site)))
  return {
    key: keyOf(site, name),
    told: { include: name, include_args: argumentsBesides(site, ['file', '_raw_params']) },
    path: nodes[0]?.range.file.path ?? name,
    plan: (play) => ({ steps: planned(play, site, { nodes, frame: innerFrame(site) }), role: undefined }),
  }
}

async function includedRole(site: Site): Promise<Included> {
  const request = roleRequest(site)
  const { use, nodes, handlers } = whole(await site.play.run.request.loader.role(request, contextOf(site)))
  const { isPublic } = use
  return {
    key: keyOf(site, JSON.stringify([request.name, request.tasksFrom, request.varsFrom, request.defaultsFrom])),
    told: { include_args: argumentsBesides(site, []) },
    path: request.name,
    plan(play) {
      const frame = { ...innerFrame(site), role: use }
      play.handlers.add(planSteps(handlers, { frame, sequence: newSequence(), nextId: play.run.nextId }))
      play.includedRoles.push(use)
      if (isPublic) play.publicRoles.push(use)
      if (isPublic) play.run.routes.forget()
      return { steps: planned(play, site, { nodes, frame }), role: use }
    },
  }
}

function roleRequest(site: Site): RoleRequest {
  const name = asText(argument(site, 'name') ?? argument(site, 'role'))
  if (name === undefined) throw new KeywordError('Cannot include a role: none is named')
  const from = (key: string) => asText(argument(site, key))
  const isPublic = argument(site, 'public')
  const given = { tasksFrom: from('tasks_from'), varsFrom: from('vars_from'), defaultsFrom: from('defaults_from'), handlersFrom: from('handlers_from') }
  return {
    name,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    validate: asBoolean(argument(site, 'rolespec_validate'), true),
    parameters: site.step.task.keywords.vars ?? new Map<Value, Value>(),
    allowDuplicates: asBoolean(argument(site, 'allow_duplicates'), true),
    ...isPublic !== undefined && { isPublic: asBoolean(isPublic, false) },
  }
}

function argument(site: Site, name: string): Value | undefined {
  return evaluated(site, site.step.task.args.named.get(name)?.value)
}

/** `apply` is not evaluated here: each of the included tasks does that. */
function argumentsBesides(site: Site, left: readonly string[]): JsonObject {
  const named = [...site.step.task.args.named].filter(([name]) => !left.includes(name) && name !== 'apply')
  return Object.fromEntries(named.map(([name, { value }]) => [name, toJson(evaluated(site, value) ?? null)]))
}

interface Inside {
  readonly nodes: readonly TaskNode[]
  readonly frame: Frame
}

function planned(play: PlayContext, site: Site, { nodes, frame }: Inside): readonly Step[] {
  return planSteps(nodes, { frame, sequence: newSequence(site.step), nextId: play.run.nextId })
}

/** Included tasks inherit from what encloses the include task, from its `vars` and `apply`, and see its loop's variables. */
function innerFrame(site: Site): Frame {
  const { outer, task } = site.step
  const parameters = [task.keywords.vars, site.special.size > 0 ? site.special : undefined].filter((dict): dict is Dict => dict !== undefined)
  const frame = { ...outer, includeParameters: [...outer.includeParameters, ...parameters] }
  const apply = task.args.named.get('apply')?.value
  if (!(apply instanceof Map)) return frame
  const keywords = applyKeywords(apply)
  return {
    ...frame,
    keywords: inheritKeywords(frame.keywords, keywords),
    taskVars: keywords.vars ? [...frame.taskVars, keywords.vars] : frame.taskVars,
  }
}

function contextOf(site: Site): IncludeContext {
  const { step, play } = site
  const apply = step.task.args.named.get('apply')?.value
  const notify = apply instanceof Map ? apply.get('notify') : undefined
  return {
    role: step.frame.role, folder: step.task.folder, playFolder: play.play.folder,
    isHandler: step.task.isHandler, collections: collectionsOf(step),
    notify: notify === undefined ? step.task.notify : [notify].flat(),
  }
}

/** Short names in a role are looked for first where the role looks for them. */
export function collectionsOf({ frame: { role, keywords } }: Site['step']): readonly string[] {
  return [...new Set([...role?.role.collections ?? [], ...keywords.collections])]
}

function keyOf(site: Site, name: string): string {
  return JSON.stringify([name, toJson(site.special)])
}

/** An included file that is there, but makes no sense: the playbook is wrong, whatever the host. */
export class BrokenIncludeError extends DiagnosticError {}

const ABSENCES: ReadonlySet<string> = new Set(['missing-file', 'missing-role'])

function whole<T>({ value, diagnostics }: Loaded<T>): T {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => !ABSENCES.has(code))) throw new BrokenIncludeError(errors)
  if (errors.length > 0) throw new DiagnosticError(errors)
  return value
}
