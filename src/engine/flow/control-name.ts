import type { TaskStep } from '../plan/steps.ts'

const BUILTIN = /^ansible\.(?:builtin|legacy)\./

/** The module of a task without the prefix of what comes with Ansible. */
export function controlName({ task }: TaskStep): string {
  return task.module.replace(BUILTIN, '')
}
