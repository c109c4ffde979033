import type { Dict, Value } from '../value/value.ts'
import type { ArgumentValue, Block, Task } from './ast.ts'
import { checkControl } from './check-control.ts'
import { findRole } from './find-role.ts'
import { refuseLoop } from './import-tasks.ts'
import { knownValue, type LoadContext, staticName } from './load-context.ts'
import { roleBlock, roleHandlers, useRole } from './read-role-list.ts'

/** Puts a role where import_role stands; its handlers and, unless `public: false`, its variables join the play. */
export function importRole(task: Task, context: LoadContext): Block[] {
  refuseLoop(task, context)
  context.problems.addAll(checkControl(task, 'import_role'))
  const { named } = task.args
  const name = named.get('name') ?? named.get('role')
  if (name === undefined) {
    context.problems.error('missing-argument', 'Cannot import a role: its name is not given', { range: task.moduleRange })
    return []
  }
  const { keywords } = task
  const { vars } = keywords
  const known = vars === undefined ? context : { ...context, variables: [...context.variables, vars] }
  const text = staticName(known, name.value, name.range)
  const found = text === undefined ? undefined : findRole(text, known, name.range)
  if (found === undefined) return []
  const used = useRole({
    found, parameters: emptyDict(), keywords, range: name.range,
    ...fromNames(task, known),
    validate: choice(known, named.get('rolespec_validate')) ?? true,
    isPublic: choice(known, named.get('public')),
    included: { allowDuplicates: choice(known, named.get('allow_duplicates')) ?? true },
  }, known)
  context.play.handlers.push(...roleHandlers(used, keywords))
  context.play.roles.push(used.use)
  return [{ ...roleBlock(used, keywords, task.range), name: task.name }]
}

/** Yes or no, where it is said; `name=value` arguments are text, and a template must be known before the run. */
function choice(context: LoadContext, argument: ArgumentValue | undefined): boolean | undefined {
  const value = argument && knownValue(context, argument.value)
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (['yes', 'true', 'on', '1'].includes(word)) return true
  return ['no', 'false', 'off', '0'].includes(word) ? false : undefined
}

/** The `*_from` arguments as text. */
function fromNames(task: Task, context: LoadContext): { readonly tasksFrom?: string, readonly varsFrom?: string, readonly defaultsFrom?: string, readonly handlersFrom?: string } {
  const text = (argument: ArgumentValue | undefined): string | undefined => argument === undefined ? undefined : staticName(context, argument.value, argument.range)
  const named = task.args.named
  return withoutUndefined({
    tasksFrom: text(named.get('tasks_from')),
    varsFrom: text(named.get('vars_from')),
    defaultsFrom: text(named.get('defaults_from')),
    handlersFrom: text(named.get('handlers_from')),
  })
}

function withoutUndefined(record: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function emptyDict(): Dict {
  return new Map<Value, Value>()
}
