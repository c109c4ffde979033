import type { Outcome } from '../../run/outcome.ts'
import type { JsonObject } from '../../value/value.ts'
import type { ItemEnd } from './item-end.ts'

/** Ansible's words, which people look for. */
const CENSORED = "the output has been hidden due to the fact that 'no_log: true' was specified for this result"

/** An end as it is told to others. */
export function outcomeOf({ status, result, silent = false }: ItemEnd, { noLog, ignored }: { readonly noLog: boolean, readonly ignored: boolean }): Outcome {
  return { status, ...(ignored && { ignored }), result: noLog || silent ? censored(result) : result }
}

function censored({ changed, failed }: JsonObject): JsonObject {
  return { censored: CENSORED, changed: changed ?? false, ...(failed !== undefined && { failed }) }
}
