import { join, resolve } from 'node:path'
import type { SourceRange } from '../diagnostics/types.ts'
import { didYouMean } from '../diagnostics/nearest.ts'
import type { Dict, Value } from '../value/value.ts'
import type { YamlNode } from '../yaml/node.ts'
import type { Keywords, Role, RoleUse, TaskNode } from './ast.ts'
import { Fields, isNull } from './fields.ts'
import type { FoundRole } from './find-role.ts'
import { readTaskFile } from './import-tasks.ts'
import type { LoadContext } from './load-context.ts'
import { validationTask } from './validation-task.ts'
import { findVariables, readVariables } from '../yaml/variables-file.ts'
import { isFile, namesIn, shownPath } from '../yaml/source-store.ts'

/** Which files of a role to read in place of `main`, and what it is used with. */
export interface RoleReading {
  readonly found: FoundRole
  readonly parameters: Dict
  /** Those of the parameters that stand beside the role's name, not in `vars`. */
  readonly given?: Dict
  /** Its `vars:` where it is listed. */
  readonly vars?: Dict
  readonly keywords: Keywords
  readonly range: SourceRange | undefined
  readonly tasksFrom?: string | undefined
  readonly varsFrom?: string | undefined
  readonly defaultsFrom?: string | undefined
  readonly handlersFrom?: string | undefined
  /** `rolespec_validate`: whether the role's argument specs are checked; true unless said otherwise. */
  readonly validate?: boolean | undefined
  /** For import_role and include_role, which may run again unless they say otherwise; a listed role's own metadata decides. */
  readonly included?: { readonly allowDuplicates: boolean }
  /** `public`, where it is given. */
  readonly isPublic?: boolean | undefined
}

/** A role as used in one place: the use itself and its own tasks and handlers, dependencies not in them. */
export interface UsedRole {
  readonly use: RoleUse
  readonly tasks: readonly TaskNode[]
  readonly handlers: readonly TaskNode[]
  /** Each dependency with its tasks and handlers, in the order they run, before the role's own. */
  readonly dependencies: readonly DependencyRole[]
}

export interface DependencyRole extends UsedRole {
  readonly keywords: Keywords
}

/** Reads a role for one use of it; `readDependencies` reads the roles that its metadata lists. */
export function readRole(reading: RoleReading, context: LoadContext, readDependencies: DependencyReader): UsedRole {
  const { found, range } = reading
  const meta = readMeta(found, context)
  const place = { context, range }
  const role: Mutable<Role> = {
    name: found.name,
    path: found.path,
    defaults: variablesOf(found, { kind: 'defaults', from: reading.defaultsFrom }, place),
    vars: variablesOf(found, { kind: 'vars', from: reading.varsFrom }, place),
    tasks: [],
    handlers: [],
    allowDuplicates: meta.allowDuplicates,
    collections: collectionsIn(found, meta, context),
    argumentSpecs: readArgumentSpecs(found, context, meta.node),
  }
  const use: Mutable<RoleUse> = {
    role,
    parameters: reading.parameters,
    vars: reading.vars ?? new Map(),
    parent: context.role,
    dependencies: [],
    range,
    isPublic: reading.isPublic ?? context.options.privateRoles !== true,
    identity: identityOf(reading),
    allowDuplicates: reading.included?.allowDuplicates ?? role.allowDuplicates,
  }
  const inside: LoadContext = {
    ...context, role: use, collections: role.collections,
    notify: reading.included ? context.notify : [],
    variables: [...context.variables, role.defaults, role.vars, use.vars, reading.parameters],
  }
  const dependencies = readDependencies(meta.node, inside)
  use.dependencies = dependencies.map((dependency) => dependency.use)
  const tasks = roleTasks(found, 'tasks', { name: reading.tasksFrom, context: { ...inside, isHandler: false }, range })
  const validation = reading.validate === false ? [] : validationTask(use, { entryPoint: reading.tasksFrom ?? 'main', given: reading.given ?? new Map() })
  role.tasks = [...validation, ...tasks]
  role.handlers = roleTasks(found, 'handlers', { name: reading.handlersFrom, context: { ...inside, isHandler: true, notify: [] }, range })
  return { use, tasks: role.tasks, handlers: role.handlers, dependencies }
}

/** What a role of a collection uses is looked for there first. */
function collectionsIn({ name }: FoundRole, meta: Meta, context: LoadContext): readonly string[] {
  const listed = meta.collections.length > 0 ? meta.collections : context.collections
  const own = /^(\w+\.\w+)\.\w/.exec(name)?.[1]
  return own === undefined || listed.includes(own) ? listed : [own, ...listed]
}

/** Reads `dependencies:` of a role's metadata, in the context of the role. */
export type DependencyReader = (meta: Fields | undefined, context: LoadContext) => DependencyRole[]

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Meta {
  readonly node: Fields | undefined
  readonly allowDuplicates: boolean
  readonly collections: readonly string[]
}

function readMeta(found: FoundRole, context: LoadContext): Meta {
  const path = findVariables(join(found.path, 'meta'), 'main', { named: false })
  const node = path === undefined ? undefined : context.sources.yaml(path, context.problems)
  if (node === undefined || isNull(node)) return { node: undefined, allowDuplicates: false, collections: [] }
  if (node.kind !== 'mapping') {
    context.problems.error('bad-type', `Cannot read the metadata of role '${found.name}': it must be a mapping`, { range: node.range })
    return { node: undefined, allowDuplicates: false, collections: [] }
  }
  const fields = new Fields(node, context.problems)
  const allow = fields.value('allow_duplicates', 'boolean')
  return {
    node: fields,
    allowDuplicates: allow === true || (typeof allow === 'string' && /^(?:yes|true|on|y|t|1)$/i.test(allow)),
    collections: fields.values('collections').filter((value) => typeof value === 'string'),
  }
}

function readArgumentSpecs(found: FoundRole, context: LoadContext, meta: Fields | undefined): YamlNode | undefined {
  const path = findVariables(join(found.path, 'meta'), 'argument_specs', { named: false })
  const node = path === undefined ? undefined : context.sources.yaml(path, context.problems)
  if (node?.kind !== 'mapping') return meta?.node('argument_specs')
  return node.entries.find(({ key }) => key.value === 'argument_specs')?.value ?? meta?.node('argument_specs')
}

interface WantedVariables {
  readonly kind: 'defaults' | 'vars'
  readonly from: string | undefined
}

interface Place {
  readonly context: LoadContext
  readonly range: SourceRange | undefined
}

function variablesOf(found: FoundRole, { kind, from }: WantedVariables, { context, range }: Place): Dict {
  const folder = join(found.path, kind)
  const path = findVariables(folder, from ?? 'main', { named: from !== undefined })
  if (path !== undefined) return readVariables(path, { sources: context.sources, problems: context.problems, range })
  if (from !== undefined) missingFile(context, range, { found, kind, name: from })
  return new Map()
}

interface TasksPlace extends Place {
  readonly name: string | undefined
}

function roleTasks(found: FoundRole, kind: 'tasks' | 'handlers', { name, context, range }: TasksPlace): TaskNode[] {
  const folder = join(found.path, kind)
  const path = [name ?? 'main'].flatMap((base) => {
    const extended = ['.yml', '.yaml', '.json'].map((extension) => resolve(folder, base + extension))
    return name === undefined ? [...extended, join(folder, base)] : [resolve(folder, base), ...extended]
  }).find(isFile)
  if (path !== undefined && !path.startsWith(`${folder}/`)) {
    context.problems.error('outside-role', `Cannot use ${shownPath(path)} for the role '${found.name}', as it is not inside the expected role path ${shownPath(folder)}`, {
      range, ansible: `Failed loading '${path}' for role (${found.name}) as it is not inside the expected role path: '${folder}'`,
    })
    return []
  }
  if (path !== undefined) return readTaskFile(path, context, range)
  if (name !== undefined) missingFile(context, range, { found, kind, name })
  return []
}

interface RoleFile {
  readonly found: FoundRole
  readonly kind: string
  readonly name: string
}

function missingFile(context: LoadContext, range: SourceRange | undefined, { found, kind, name }: RoleFile): void {
  const folder = join(found.path, kind)
  context.problems.error('missing-file', `Cannot find '${name}' in ${kind}/ of role '${found.name}'`, {
    range,
    detail: `Looked in ${shownPath(folder)}`,
    hint: didYouMean(name, namesIn(folder).flatMap((file) => [file, file.replace(/\.[^.]*$/, '')])),
    ansible: `Could not find specified file in role: ${kind}/${name}`,
  })
}

/** Uses of a role are the same when all that decides on what they do is. */
function identityOf({ found, parameters, vars = new Map<Value, Value>(), keywords, included, tasksFrom, varsFrom, defaultsFrom, handlersFrom }: RoleReading): string {
  const place = included === undefined ? [plain(keywords.when), plain(keywords.tags)] : ['included']
  return JSON.stringify([found.path, plain(vars), plain(parameters), tasksFrom, varsFrom, defaultsFrom, handlersFrom, ...place])
}

function plain(value: Value | readonly Value[]): unknown {
  if (value instanceof Map) return [...value].map(([key, item]) => [plain(key), plain(item)])
  if (Array.isArray(value)) return value.map((item: Value) => plain(item))
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'object' && value !== null && 'source' in value) return { template: value.source }
  return value
}
