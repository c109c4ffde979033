import type { LoopControl } from '../../playbook/ast.ts'
import type { Value } from '../../value/value.ts'
import { asBoolean, asText, evaluated } from './keyword.ts'
import type { Site } from './site.ts'

/** How the variables of a loop are named. */
export interface LoopNames {
  readonly item: string
  readonly index: string | undefined
  readonly extended: boolean
  readonly allItems: boolean
}

export function loopNames(site: Site, control: LoopControl): LoopNames {
  return {
    item: asText(evaluated(site, control.loopVar)) ?? 'item',
    index: asText(evaluated(site, control.indexVar)),
    extended: asBoolean(evaluated(site, control.extended), false),
    allItems: asBoolean(evaluated(site, control.extendedAllitems), true),
  }
}

/** What one turn of a loop sees. */
export function loopVariables(names: LoopNames, items: readonly Value[], index: number): [string, Value][] {
  const variables: [string, Value][] = [[names.item, items[index] ?? null], ['ansible_loop_var', names.item]]
  if (names.index !== undefined) variables.push([names.index, index], ['ansible_index_var', names.index])
  if (names.extended) variables.push(['ansible_loop', extended(names, items, index)])
  return variables
}

function extended({ allItems }: LoopNames, items: readonly Value[], index: number): Map<Value, Value> {
  const { length } = items
  const [before, after] = [items[index - 1], items[index + 1]]
  const entries: [string, Value][] = [
    ...(allItems ? [['allitems', [...items]] as [string, Value]] : []),
    ['index', index + 1], ['index0', index],
    ['first', index === 0], ['last', index + 1 === length],
    ['length', length],
    ['revindex', length - index], ['revindex0', length - index - 1],
    ...(before === undefined ? [] : [['previtem', before] as [string, Value]]),
    ...(after === undefined ? [] : [['nextitem', after] as [string, Value]]),
  ]
  return new Map<Value, Value>(entries)
}
