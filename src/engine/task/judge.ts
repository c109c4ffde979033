import type { JsonObject, Value } from '../../value/value.ts'
import { allHold } from './conditions.ts'
import { failedResult } from './failed-result.ts'
import { registeredValue, type ItemEnd } from './item-end.ts'
import { withSpecial, type Site } from './site.ts'

/** Lets `changed_when` and `failed_when` have their say. */
export function judge(site: Site, end: ItemEnd): ItemEnd {
  const { changedWhen, failedWhen } = site.step.task
  if (end.result.skipped === true || (changedWhen === undefined && failedWhen === undefined)) return end
  return judgeFailure(site, judgeChange(site, end, changedWhen), failedWhen)
}

/** The site as conditions about a result see it: with the result under its registered name. */
export function withResult(site: Site, end: ItemEnd): Site {
  const { register } = site.step.task
  const facts = end.result.ansible_facts
  const value = registeredValue(end, site.step.task.module)
  const entries: [string, Value][] = []
  if (facts !== undefined && value instanceof Map) entries.push(...factEntries(value))
  if (register !== undefined) entries.push([register, value])
  return entries.length > 0 ? withSpecial(site, entries) : site
}

function factEntries(result: Map<Value, Value>): [string, Value][] {
  const facts = result.get('ansible_facts')
  return facts instanceof Map ? [...facts].map(([name, value]) => [String(name), value]) : []
}

function judgeChange(site: Site, end: ItemEnd, conditions: readonly Value[] | undefined): ItemEnd {
  if (conditions === undefined) return end
  return guarded(end, 'changed_when_result', () => settle(end, { changed: allHold(withResult(site, end), conditions) }))
}

function judgeFailure(site: Site, end: ItemEnd, conditions: readonly Value[] | undefined): ItemEnd {
  // An empty list says nothing, as in Ansible.
  if (conditions === undefined || conditions.length === 0) return end
  return guarded(end, 'failed_when_result', () => {
    const failed = allHold(withResult(site, end), conditions)
    return settle(end, { failed, failed_when_result: failed })
  })
}

/** A condition that cannot be evaluated fails the task, which has run all the same: its result is kept. */
function guarded(end: ItemEnd, verdict: string, judgeIt: () => ItemEnd): ItemEnd {
  try {
    return judgeIt()
  } catch (error) {
    const { msg } = failedResult(error)
    return { ...end, status: 'failed', error, result: { ...end.result, failed: true, [verdict]: msg ?? '', msg: msg ?? '' } }
  }
}

function settle(end: ItemEnd, verdict: JsonObject): ItemEnd {
  const result = { ...end.result, ...verdict }
  return { ...end, result, status: result.failed === true ? 'failed' : result.changed === true ? 'changed' : 'ok' }
}
