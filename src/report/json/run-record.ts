import { randomUUID } from 'node:crypto'
import type { HostEnded, HostRecap, PlayAddress, RunEnded, TaskAddress } from '../../run/run-event.ts'
import type { JsonObject } from '../../value/value.ts'
import { taskPath } from '../ansible/task-path.ts'
import { taskTitle } from '../task-title.ts'

interface Duration {
  readonly start: string
  end?: string
}

interface Described {
  readonly duration: Duration
  readonly id: string
  readonly name: string
  readonly path?: string
}

/** A task with what became of it on each host. */
export interface TaskRecord {
  readonly hosts: Record<string, JsonObject>
  readonly task: Described
}

/** A play with its tasks. */
export interface PlayRecord {
  readonly play: Described
  readonly tasks: TaskRecord[]
}

export function playRecord(play: PlayAddress): PlayRecord {
  return { play: described(play.name, taskPath(play)), tasks: [] }
}

export function taskRecord(task: TaskAddress): TaskRecord {
  return { hosts: {}, task: described(taskTitle(task), taskPath(task)) }
}

/** A result with the module that it comes from. */
export function resultRecord({ task, outcome }: HostEnded): JsonObject {
  const shown = Object.entries(outcome.result).filter(([key]) => !key.startsWith('_ansible_'))
  return { action: task.module, ...Object.fromEntries(shown) }
}

/** The recap, under the names that Ansible's JSON has for the counts. */
export function statsRecord({ recap }: RunEnded): JsonObject {
  return Object.fromEntries([...recap].map(([host, counts]) => [host, countsRecord(counts)]))
}

function countsRecord({ failed, unknown, skipped, ...counts }: HostRecap): JsonObject {
  return { ...counts, skipped: skipped + unknown, failures: failed }
}

function described(name: string, path: string | undefined): Described {
  return { duration: { start: new Date().toISOString() }, id: randomUUID(), name, ...path !== undefined && { path } }
}
