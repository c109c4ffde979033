import type { Module } from '../../module/module.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import type { Value } from '../../value/value.ts'
import { evaluated, KeywordError } from './keyword.ts'
import type { Site } from './site.ts'

/** Arguments from `module_defaults` that concern a module; for each name of a module the innermost entry counts. */
export function moduleDefaults(site: Site, module: Module): readonly [string, Value][] {
  const raw = site.step.frame.keywords.moduleDefaults
  if (raw.length === 0) return []
  const entries = new Map(raw.flatMap((value) => entriesOf(site, value)))
  const names = [...entries.keys()].filter((name) => site.play.run.request.modules.find(name) === module)
  return names.flatMap((name) => dictEntries(entries.get(name)))
}

function entriesOf(site: Site, raw: Value): [string, Value][] {
  // Only the dict itself is evaluated here when it is a template; its arguments are evaluated as the task's own.
  const value = raw instanceof Map ? raw : evaluated(site, raw)
  if (Array.isArray(value)) return value.flatMap((item) => entriesOf(site, item))
  return dictEntries(value).map(([name, args]) => [name, args instanceof Map ? args : evaluated(site, args) ?? null])
}

function dictEntries(value: Value | undefined): [string, Value][] {
  if (value === undefined || value === null) return []
  if (!(value instanceof Map) || value instanceof LazyDict) throw new KeywordError('Cannot use these module_defaults: a dict is needed')
  return [...value].map(([name, item]) => [String(name), item])
}
