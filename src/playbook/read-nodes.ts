import { textOf } from '../value/text.ts'
import type { YamlNode } from '../yaml/node.ts'
import type { Block, Task, TaskNode } from './ast.ts'
import { checkInclude } from './check-include.ts'
import { Fields, isNull } from './fields.ts'
import { importRole } from './import-role.ts'
import { importTasks } from './import-tasks.ts'
import { KEYWORDS_OF } from './keywords.ts'
import type { LoadContext } from './load-context.ts'
import { readKeywords } from './read-keywords.ts'
import { readTask } from './read-task.ts'

/** Reads a list of tasks and blocks; imports are put in place. `what` names the list in errors: "tasks". */
export function readNodes(node: YamlNode | undefined, context: LoadContext, what: string): TaskNode[] {
  if (node === undefined || isNull(node)) return []
  if (node.kind !== 'sequence') {
    context.problems.error('bad-type', `Cannot read ${what}: it must be a list of tasks`, {
      range: node.range, hint: "Start each task with '- '",
      ansible: `A malformed block was encountered while loading ${what}: ${shownNode(node)} should be a list or None but is ${node.kind}`,
    })
    return []
  }
  return node.items.flatMap((item) => readNode(item, context, what))
}

function shownNode(node: YamlNode): string {
  return node.kind === 'scalar' ? textOf(node.value) : node.kind
}

function readNode(node: YamlNode, context: LoadContext, what: string): TaskNode[] {
  if (isNull(node)) return []
  if (node.kind !== 'mapping') {
    context.problems.error('bad-type', `Cannot read an entry of ${what}: a task must be a mapping`, { range: node.range })
    return []
  }
  const fields = new Fields(node, context.problems)
  if (['block', 'rescue', 'always'].some((name) => fields.has(name))) return readBlock(fields, context)
  if (refuseRemovedInclude(fields)) return []
  const task = readTask(fields, context)
  return task === undefined ? [] : placeTask(task, context)
}

/** Imports are replaced by what they import. */
function placeTask(task: Task, context: LoadContext): TaskNode[] {
  if (context.isHandler && CONTROLS_ROLES.has(task.module)) refuseRoleHandler(task, context)
  if (task.module === 'meta') refuseMisplacedMeta(task, context)
  if (task.module === 'include_tasks') context.problems.addAll(checkInclude(task))
  if (task.module === 'import_tasks') return importTasks(task, context)
  if (task.module === 'import_role') return importRole(task, context)
  return [task]
}

function readBlock(fields: Fields, context: LoadContext): Block[] {
  if (context.isHandler) {
    fields.problems.error('block-as-handler', 'Cannot use a block as a handler', { range: fields.range, hint: 'Write the tasks as handlers that listen to one topic, or include them', ansible: 'Using a block as a handler is not supported.' })
  }
  fields.refuseUnknown(KEYWORDS_OF.block, 'block')
  if (!fields.has('block')) {
    fields.problems.error('missing-keyword', "Cannot use 'rescue' or 'always' without 'block'", { range: fields.range })
  }
  const inside = fields.has('notify') ? { ...context, notify: fields.values('notify') } : context
  return [{
    kind: 'block',
    name: fields.value('name', 'text'),
    range: fields.range,
    keywords: readKeywords(fields),
    block: readNodes(fields.node('block'), inside, 'block'),
    rescue: readNodes(fields.node('rescue'), inside, 'rescue'),
    always: readNodes(fields.node('always'), inside, 'always'),
    role: undefined,
  }]
}

const CONTROLS_ROLES = new Set(['include_role', 'import_role'])

function refuseRoleHandler({ module, moduleRange }: Task, { problems }: LoadContext): void {
  problems.error('role-as-handler', `Cannot use '${module}' as a handler`, { range: moduleRange, hint: 'Include a file of tasks that uses the role', ansible: `Using '${module}' as a handler is not supported.` })
}

function refuseRemovedInclude(fields: Fields): boolean {
  const name = ['include', 'ansible.builtin.include', 'ansible.legacy.include'].find((key) => fields.has(key))
  if (name === undefined) return false
  fields.problems.error('removed-include', "Cannot use 'include': ansible-core 2.16 removed it", {
    range: fields.keyRange(name),
    hint: 'Use include_tasks (evaluated during the run) or import_tasks (put in place while loading)',
  })
  return true
}

/** What steers handlers or roles has no meaning elsewhere. */
function refuseMisplacedMeta({ args, moduleRange }: Task, { isHandler, role, problems }: LoadContext): void {
  const name = args.free?.value
  const refuse = (summary: string, ansible: string): void => { problems.error('misplaced-meta', summary, { range: moduleRange, ansible }) }
  if (name === 'flush_handlers' && isHandler) refuse("Cannot use 'flush_handlers' as a handler", 'flush_handlers cannot be used as a handler')
  if (name !== 'end_role') return
  if (isHandler) refuse("Cannot execute 'end_role' from a handler", "Cannot execute 'end_role' from a handler")
  else if (role === undefined) refuse("Cannot execute 'end_role' from outside of a role", "Cannot execute 'end_role' from outside of a role")
}
