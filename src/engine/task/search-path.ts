import { dirname } from 'node:path'
import type { Play, RoleUse } from '../../playbook/ast.ts'
import type { TaskStep } from '../plan/steps.ts'

/** Folders that relative file names of a task are looked for in, most specific first. */
export function searchPath(play: Play, step: TaskStep): readonly string[] {
  const roles = step.frame.role ? rolePaths(step.frame.role) : []
  return [...new Set([...roles, withoutTasks(step.task.folder), step.task.folder, play.folder])]
}

function rolePaths(use: RoleUse): string[] {
  return use.parent ? [use.role.path, ...rolePaths(use.parent)] : [use.role.path]
}

/** Beside `tasks/` stand `files/` and `templates/`. */
function withoutTasks(folder: string): string {
  return /\/(tasks|handlers)$/.test(folder) ? dirname(folder) : folder
}
