import type { Diagnostic, SourceRange } from '../../diagnostics/types.ts'
import { fullGroupName } from '../../playbook/action-groups.ts'
import { placeOf as rangeOf } from '../../value/placed-map.ts'
import { isInGroup } from '../task/group-members.ts'
import { unknownGroup } from '../task/module-defaults.ts'
import type { PlannedTask } from './every-task.ts'
import type { StillPlay } from './still-plays.ts'

/** Groups that `module_defaults` names: unknown ones, and those that their collection lists oddly. Each once a play. */
export function checkActionGroups({ context }: StillPlay, tasks: readonly PlannedTask[]): readonly Diagnostic[] {
  const groups = new Map<string, SourceRange | undefined>()
  for (const dict of new Set(tasks.flatMap(({ step }) => step.frame.keywords.moduleDefaults))) {
    if (!(dict instanceof Map)) continue
    for (const key of dict.keys()) if (typeof key === 'string' && key.startsWith('group/')) groups.set(key.slice('group/'.length), rangeOf(dict, key))
  }
  return [...groups].flatMap(([group, range]) => problemsOf(group, range, context))
}

function problemsOf(group: string, range: SourceRange | undefined, { run: { request }, play }: StillPlay['context']): readonly Diagnostic[] {
  const place = { ...range && { range } }
  const [any] = request.modules.names().map((name) => request.modules.find(name))
  if (any && isInGroup(any, group, { request, playFolder: play.folder }) === undefined) {
    const ansible = `Error loading module_defaults: could not resolve the module_defaults group ${fullGroupName(group)}`
    return [{ code: 'unknown-group', severity: 'error', summary: unknownGroup(group), ansible, ...place }]
  }
  if (!request.config.get('VALIDATE_ACTION_GROUP_METADATA')) return []
  return request.loader.actionGroup(group, play.folder).warnings.map((summary) => ({ code: 'bad-group-metadata', severity: 'warning', summary }))
}
