import { dirname, isAbsolute, join, resolve } from 'node:path'
import { didYouMean } from '../diagnostics/nearest.ts'
import type { SourceRange } from '../diagnostics/types.ts'
import type { ArgumentValue, Block, Task, TaskNode } from './ast.ts'
import { checkControl } from './check-control.ts'
import { type LoadContext, staticName } from './load-context.ts'
import { isFile, namesIn, shownPath } from '../yaml/source-store.ts'

/** Puts the tasks of a file where import_tasks stands, as a block with the import's keywords. */
export function importTasks(task: Task, context: LoadContext): Block[] {
  refuseLoop(task, context)
  context.problems.addAll(checkControl(task, 'import_tasks'))
  const file = task.args.named.get('file') ?? task.args.free
  if (file === undefined) {
    context.problems.error('missing-argument', 'Cannot import tasks: the file is not given', { range: task.moduleRange })
    return []
  }
  const inside = { ...context, notify: task.notify }
  const known = task.keywords.vars === undefined ? inside : { ...inside, variables: [...context.variables, task.keywords.vars] }
  const path = findImported(known, file)
  if (path === undefined) return []
  const block = readTaskFile(path, known, file.range)
  return [{ kind: 'block', name: task.name, range: task.range, keywords: task.keywords, block, rescue: [], always: [], role: undefined }]
}

/** Loops cannot be unrolled before the run. */
export function refuseLoop(task: Task, context: LoadContext): void {
  if (task.loop === undefined) return
  context.problems.error('loop-on-import', `Cannot loop over '${task.module}': it is put in place before the run`, {
    range: task.loop.range,
    hint: `Use '${task.module.replace('import_', 'include_')}', which is evaluated during the run`,
  })
}

/** Reads the tasks of one file. */
export function readTaskFile(path: string, context: LoadContext, range: SourceRange | undefined): TaskNode[] {
  if (context.trail.includes(path)) {
    const chain = [...context.trail.slice(context.trail.indexOf(path)), path].map(shownPath).join(' -> ')
    context.problems.error('import-loop', `Cannot import ${shownPath(path)}: it imports itself`, { range, detail: chain })
    return []
  }
  const node = context.sources.yaml(path, context.problems, range)
  return context.readNodes(node, { ...context, folder: dirname(path), trail: [...context.trail, path] }, shownPath(path))
}

/** Finds a task file as Ansible does: beside the including file, in the role's tasks/, in the role, beside the playbook. Reports a missing one. */
export function findTaskFile(name: string, context: LoadContext, range: SourceRange | undefined): string | undefined {
  const tried = candidates(name, context)
  const found = tried.find(isFile)
  if (found === undefined) {
    const near = [...new Set(tried.map((path) => dirname(path)))].flatMap(namesIn)
    context.problems.error('missing-file', `Cannot find the task file '${name}'`, {
      range,
      detail: `Looked for ${tried.map(shownPath).join(', ')}`,
      hint: didYouMean(name, near),
      ansible: `Could not find or access '${resolve(context.folder, name)}' on the Ansible Controller.`,
    })
  }
  return found
}

function findImported(context: LoadContext, { value, range }: ArgumentValue): string | undefined {
  const name = staticName(context, value, range)
  return name === undefined ? undefined : findTaskFile(name, context, range)
}

function candidates(name: string, { folder, role, playFolder, isHandler }: LoadContext): string[] {
  if (isAbsolute(name)) return [name]
  const kinds = isHandler ? ['handlers', 'tasks'] : ['tasks']
  const inRole = role === undefined ? [] : [...kinds.map((kind) => join(role.role.path, kind)), role.role.path]
  return [...new Set([folder, ...inRole, join(playFolder, 'tasks'), playFolder].map((base) => resolve(base, name)))]
}
