import type { Diagnostic } from '../../diagnostics/types.ts'
import { KEYWORDS_OF } from '../../playbook/keywords.ts'
import { placeOf } from '../../value/placed-map.ts'
import type { Dict } from '../../value/value.ts'
import type { PlannedTask } from './every-task.ts'
import type { StillPlay } from './still-plays.ts'

/** Variables that are named like keywords or like what templates have of their own: they are asking for trouble. */
export function checkReservedNames({ context: { play } }: StillPlay, tasks: readonly PlannedTask[]): readonly Diagnostic[] {
  const own = tasks.flatMap(({ step: { frame } }) => [...frame.taskVars, ...frame.role === undefined ? [] : [frame.role.role.vars, frame.role.role.defaults]])
  const dicts = new Set<Dict | undefined>([play.shared.vars, ...play.roles.flatMap(({ role }) => [role.vars, role.defaults]), ...own])
  return [...dicts].flatMap((dict) => dict === undefined ? [] : reservedIn(dict))
}

function reservedIn(dict: Dict): Diagnostic[] {
  return [...dict.keys()].filter((name) => typeof name === 'string' && isReserved(name)).map((name) => {
    const range = placeOf(dict, name)
    return { code: 'reserved-name', severity: 'warning', summary: `Found variable using reserved name: ${String(name)}`, ...range && { range }, hint: 'Give it another name' }
  })
}

function isReserved(name: string): boolean {
  return name !== 'vars' && (TEMPLATE_NAMES.has(name) || (['play', 'block', 'task'] as const).some((place) => KEYWORDS_OF[place].has(name)))
}

/** What Jinja and Ansible give every template. */
const TEMPLATE_NAMES: ReadonlySet<string> = new Set(['range', 'dict', 'lipsum', 'cycler', 'joiner', 'namespace', 'lookup', 'query', 'q', 'now', 'undef', 'local_action', 'with_'])
