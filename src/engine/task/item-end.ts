import type { ControlEffect, TextDiff } from '../../module/module.ts'
import type { OutcomeStatus } from '../../run/outcome.ts'
import { fromJson } from '../../value/json.ts'
import { Unknown } from '../../value/unknown.ts'
import type { JsonObject, Value } from '../../value/value.ts'

/** How a task, or one item of its loop, ended on one host. */
export interface ItemEnd {
  readonly status: OutcomeStatus
  readonly result: JsonObject
  /** In check mode: fields of the result that only a run could tell. */
  readonly unknownFields: readonly string[]
  readonly diff: readonly TextDiff[]
  readonly effects: readonly ControlEffect[]
  /** Evaluated arguments: with their types, for effects; and as they may be shown. */
  readonly values?: ReadonlyMap<string, Value>
  readonly args?: JsonObject
  /** Secret texts that the result may hold. */
  readonly hidden: readonly string[]
  readonly delegate?: string
  /** Not to be shown, whatever the task says. */
  readonly silent?: boolean
  readonly error?: unknown
}

const NOTHING_ELSE = { unknownFields: [], diff: [], effects: [], hidden: [] } as const

export function plainEnd(status: OutcomeStatus, result: JsonObject): ItemEnd {
  return { status, result, ...NOTHING_ELSE }
}

/** The value that `register` gives. What is not known in check mode is an `Unknown` inside it, or all of it is one. */
export function registeredValue(end: ItemEnd, taskName: string): Value {
  const cause = `the result of task '${taskName}', which was not run`
  if (end.status === 'unknown' && end.unknownFields.length === 0) return new Unknown(cause)
  const value = fromJson(end.result)
  if (!(value instanceof Map)) return value
  value.delete('_ansible_quiet')
  for (const field of allUnknown(end)) value.set(field, new Unknown(cause))
  return value
}

function allUnknown({ status, unknownFields }: ItemEnd): readonly string[] {
  const lines = unknownFields.filter((name) => name === 'stdout' || name === 'stderr').map((name) => `${name}_lines`)
  return [...unknownFields, ...lines, ...(status === 'unknown' ? ['changed', 'failed'] : [])]
}
