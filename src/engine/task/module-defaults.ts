import type { Module } from '../../module/module.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import type { Value } from '../../value/value.ts'
import { isInGroup } from './group-members.ts'
import { evaluated, KeywordError } from './keyword.ts'
import type { Site } from './site.ts'

/** Arguments from `module_defaults` that concern a module; for each name of a module or group the innermost entry counts, and modules count more than groups. */
export function moduleDefaults(site: Site, module: Module): readonly [string, Value][] {
  const raw = site.step.frame.keywords.moduleDefaults
  if (raw.length === 0) return []
  const entries = raw.flatMap((value) => entriesOf(site, value))
  const { request } = site.play.run
  const groups = [...new Map(entries)].filter(([name]) => name.startsWith(GROUP) && isMember(site, module, name.slice(GROUP.length)))
  // A module may be called by its short name here and by its full one there.
  const own = entries.findLast(([name]) => request.modules.find(name) === module)
  return [...groups.map(([, args]) => args), own?.[1]].flatMap(dictEntries)
}

const GROUP = 'group/'

function isMember(site: Site, module: Module, group: string): boolean {
  const isKnown = isInGroup(module, group, { request: site.play.run.request, playFolder: site.play.play.folder })
  if (isKnown === undefined) throw new KeywordError(unknownGroup(group))
  return isKnown
}

/** What is said of a group that neither a collection nor tsplay has. */
export function unknownGroup(group: string): string {
  return `Cannot use module_defaults of 'group/${group}': no collection that is installed has that group`
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
