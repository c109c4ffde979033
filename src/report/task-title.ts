import type { TaskAddress } from '../run/run-event.ts'

/** A task's name with its role before it. */
export function taskTitle({ role, name }: Pick<TaskAddress, 'role' | 'name'>): string {
  return `${role ? `${role} : ` : ''}${name}`.trim()
}
