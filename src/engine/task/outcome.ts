import type { Outcome } from '../../run/outcome.ts'
import { isJsonObject } from '../../value/json.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import type { ItemEnd } from './item-end.ts'

/** Ansible's words, which people look for. */
const CENSORED = "the output has been hidden due to the fact that 'no_log: true' was specified for this result"

/** An end as it is told to others. */
export function outcomeOf({ status, result, silent = false }: ItemEnd, { noLog, ignored }: { readonly noLog: boolean, readonly ignored: boolean }): Outcome {
  return { status, ...(ignored && { ignored }), result: noLog || silent ? censored(result) : result }
}

/** Of a loop it stays to be seen how many items there were, and which changed something. */
function censored(result: JsonObject): JsonObject {
  const { failed } = result
  const items = itemsOf(result)
  return { ...whatIsLeft(result), ...(failed !== undefined && { failed }), ...(items.length > 0 && { results: items.map(whatIsLeft) }) }
}

function whatIsLeft({ changed, attempts }: JsonObject): JsonObject {
  return { censored: CENSORED, changed: changed ?? false, ...(attempts !== undefined && { attempts }) }
}

function itemsOf({ results }: JsonObject): readonly JsonObject[] {
  const items = Array.isArray(results) ? (results as readonly Json[]).filter(isJsonObject) : []
  return items.filter((item) => 'ansible_loop_var' in item)
}
