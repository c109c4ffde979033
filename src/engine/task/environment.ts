import { LazyDict } from '../../value/lazy-dict.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { gathersFacts } from './gathers-facts.ts'
import { evaluated, KeywordError } from './keyword.ts'
import { isUndefinedVariable } from './undefined-variable.ts'
import type { Site } from './site.ts'

/** The environment of a task's commands: all `environment:` on the way to it, the inner ones winning. Undefined when there is none. */
export function environmentOf(site: Site): Readonly<Record<string, string>> | undefined {
  const raw = site.step.frame.keywords.environment
  if (raw.length === 0) return undefined
  return Object.fromEntries(raw.flatMap((value) => entriesOf(valueFor(site, value))))
}

/** Gathering facts cannot wait for an environment that is made of facts. */
function valueFor(site: Site, raw: Value): Value | undefined {
  if (!gathersFacts(site)) return evaluated(site, raw)
  if (!(raw instanceof Map)) return knownValue(site, raw)
  return new Map([...raw].map(([name, item]): [Value, Value | undefined] => [name, knownValue(site, item)]).filter((entry): entry is [Value, Value] => entry[1] !== undefined))
}

function knownValue(site: Site, raw: Value): Value | undefined {
  try {
    return evaluated(site, raw)
  } catch (error) {
    if (isUndefinedVariable(error)) return undefined
    throw error
  }
}

function entriesOf(value: Value | undefined): (readonly [string, string])[] {
  if (value === undefined || value === '') return []
  if (Array.isArray(value)) return value.flatMap(entriesOf)
  if (!(value instanceof Map) || value instanceof LazyDict) throw new KeywordError('Cannot use this environment: a dict of names and values is needed')
  return [...value].map(([name, item]) => [String(name), item === null ? '' : textOf(item)] as const)
}
