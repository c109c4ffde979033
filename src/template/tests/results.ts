import { isTrue } from '../../value/truth.ts'
import { typeName } from '../../value/type-name.ts'
import { Unknown, UnknownValueError } from '../../value/unknown.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { Test } from '../types.ts'

const failed: Test = ([result = null]) => flag(registered(result, 'failed'), 'failed')
const succeeded: Test = ([result = null]) => !flag(registered(result, 'succeeded'), 'failed')
const changed: Test = ([result = null]) => isChanged(registered(result, 'changed'))
const skipped: Test = ([result = null]) => flag(registered(result, 'skipped'), 'skipped')

/** Tests of the registered result of a task. */
export const RESULT_TESTS: readonly (readonly [string, Test])[] = [
  ['failed', failed], ['failure', failed],
  ['succeeded', succeeded], ['success', succeeded], ['successful', succeeded],
  ['changed', changed], ['change', changed],
  ['skipped', skipped], ['skip', skipped],
  ['unreachable', ([result = null]) => flag(registered(result, 'unreachable'), 'unreachable')],
  ['reachable', ([result = null]) => !flag(registered(result, 'reachable'), 'unreachable')],
  ['timedout', ([result = null]) => timedOut(registered(result, 'timedout'))],
  ['finished', ([result = null]) => flag(asyncResult(result, 'finished'), 'finished')],
  ['started', ([result = null]) => flag(asyncResult(result, 'started'), 'started')],
]

function registered(result: Value, test: string): Dict {
  if (result instanceof Map) return result
  throw new EvaluationError('filter-argument', `The '${test}' test expects a dictionary`, `The value is of type '${typeName(result)}': name the registered result of a task`)
}

/** Results of tasks that were not asynchronous are finished by definition. */
function asyncResult(result: Value, test: string): Dict {
  const dict = registered(result, test)
  return dict.has('ansible_job_id') ? dict : new Map<Value, Value>([...dict, ['finished', true], ['started', true]])
}

function flag(result: Dict, name: string): boolean {
  const value = result.get(name) ?? false
  if (value instanceof Unknown) throw new UnknownValueError(value.cause)
  return isTrue(value)
}

/** A loop has changed something when one of its items has. */
function isChanged(result: Dict): boolean {
  const results = result.get('results')
  if (result.has('changed') || !Array.isArray(results)) return flag(result, 'changed')
  return results.some((item) => item instanceof Map && flag(item, 'changed'))
}

function timedOut(result: Dict): boolean {
  const value = result.get('timedout')
  return value instanceof Map && isTrue(value.get('period') ?? false)
}
