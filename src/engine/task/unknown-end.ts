import type { UnknownValueError } from '../../value/unknown.ts'
import { Unknown } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import { errorEnd } from './error-end.ts'
import { plainEnd, type ItemEnd } from './item-end.ts'
import { skippedEnd } from './skipped-end.ts'
import type { Site } from './site.ts'

/** Modules that end well whatever values they are given. */
const UNDAUNTED: ReadonlySet<string> = new Set(['set_fact', 'debug'])

/**
 * In check mode, how a task ends that needs a value which only a run can tell. A set_fact makes its variables unknown where they are:
 * keeping old values would predict wrongly.
 */
export function unknownEnd(site: Site, error: UnknownValueError): ItemEnd {
  const runs = isSureToRun(site)
  const name = site.play.run.request.modules.find(site.step.task.module)?.name ?? ''
  if (name === 'set_fact') assignUnknown(site, { cause: error.dependsOn, runs })
  if (!runs || !UNDAUNTED.has(name)) return errorEnd(error)
  return { ...plainEnd('ok', { changed: false, failed: false, msg: error.message }), unknownFields: ['msg', 'ansible_facts'] }
}

function isSureToRun(site: Site): boolean {
  try {
    return skippedEnd(site) === undefined
  } catch {
    return false
  }
}

function assignUnknown(site: Site, { cause, runs }: { readonly cause: string, readonly runs: boolean }): void {
  const { variables } = site.play.run.request
  const given = [...site.step.task.args.named].filter(([name]) => name !== 'cacheable')
  const dict = new Map<Value, Value>(given.map(([name, { value }]) => [name, runs ? valueOrUnknown(site, value, cause) : new Unknown(cause)]))
  for (const host of site.shares) variables.setVariables(host, dict)
}

function valueOrUnknown(site: Site, raw: Value, cause: string): Value {
  try {
    return site.play.run.request.templar.evaluate(raw, site.scope)
  } catch {
    return new Unknown(cause)
  }
}
