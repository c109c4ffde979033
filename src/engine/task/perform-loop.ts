import { setTimeout as sleep } from 'node:timers/promises'
import type { Loop } from '../../playbook/ast.ts'
import { toJson } from '../../value/json.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import type { JsonObject, Value } from '../../value/value.ts'
import { allHold } from './conditions.ts'
import { doubt } from './doubt/doubt.ts'
import { errorEnd } from './error-end.ts'
import { plainEnd, registeredValue, type ItemEnd } from './item-end.ts'
import { asNumber, evaluated } from './keyword.ts'
import { loopItems } from './loop-items.ts'
import { loopNames, loopVariables, type LoopNames } from './loop-variables.ts'
import { skippedEnd } from './skipped-end.ts'
import { withSpecial, type Site } from './site.ts'

/** One turn of a loop, with what it has for conditions that come after. */
export interface Turn {
  readonly site: Site
  readonly item: Value
  readonly end: ItemEnd
}

/** Called after each turn, before the next begins: its effects are seen by the next. */
export type AfterTurn = (turn: Turn) => void | Promise<void>

export interface LoopEnd {
  readonly end: ItemEnd
  readonly turns: readonly Turn[]
}

export interface LoopWork {
  readonly perform: (site: Site) => Promise<ItemEnd>
  readonly after: AfterTurn
}

/** Runs a task once for each item. Never throws. */
export async function performLoop(site: Site, loop: Loop, work: LoopWork): Promise<LoopEnd> {
  try {
    const items = itemsUnlessSkipped(site, loop)
    if (!Array.isArray(items)) return { end: items as ItemEnd, turns: [] }
    if (items.length === 0) return { end: plainEnd('skipped', { changed: false, skipped: true, skipped_reason: 'No items in the list', results: [] }), turns: [] }
    const turns = await performTurns(site, items as readonly Value[], work)
    return { end: combined(turns), turns }
  } catch (error) {
    if (error instanceof UnknownValueError) await doubt(site)
    return { end: errorEnd(error), turns: [] }
  }
}

/** A loop that cannot be evaluated does not matter when the task's condition, which needs no item, does not hold. */
function itemsUnlessSkipped(site: Site, loop: Loop): readonly Value[] | ItemEnd {
  try {
    return loopItems(site, loop)
  } catch (error) {
    const skipped = skippedEnd(site)
    if (skipped) return skipped
    throw error
  }
}

async function performTurns(site: Site, items: readonly Value[], work: LoopWork): Promise<readonly Turn[]> {
  const { loopControl } = site.step.task
  const names = loopNames(site, loopControl)
  const pause = asNumber(evaluated(site, loopControl.pause), 0)
  const turns: Turn[] = []
  for (const [index, item] of items.entries()) {
    if (index > 0 && pause > 0) await sleep(pause * 1000)
    const within = withSpecial(site, loopVariables(names, items, index))
    const end = withItem(orLabelFault(await work.perform(within), within), within, names)
    const turn = { site: within, item, end }
    turns.push(turn)
    await work.after(turn)
    if (end.status === 'unreachable' || isLast(turn)) break
  }
  return turns
}

/** An item that cannot be named has failed. */
function orLabelFault(end: ItemEnd, { step, scope, play }: Site): ItemEnd {
  const { label } = step.task.loopControl
  if (label === undefined) return end
  try {
    play.run.request.templar.evaluate(label, scope)
    return end
  } catch (error) {
    return error instanceof UnknownValueError ? end : { ...end, ...errorEnd(error), hidden: end.hidden }
  }
}

/** `break_when` sees the result as it was registered. */
function isLast({ site, end }: Turn): boolean {
  const { loopControl: { breakWhen }, register } = site.step.task
  if (breakWhen.length === 0) return false
  const seen = register === undefined ? site : withSpecial(site, [[register, registeredValue(end, site.step.task.module)]])
  return allHold(seen, breakWhen)
}

function withItem(end: ItemEnd, { special }: Site, names: LoopNames): ItemEnd {
  const shown = [names.item, 'ansible_loop_var', ...(names.index === undefined ? [] : [names.index, 'ansible_index_var']), ...(names.extended ? ['ansible_loop'] : [])]
  const fields = Object.fromEntries(shown.map((name) => [name, toJson(special.get(name) ?? null)]))
  return { ...end, result: { ...end.result, ...fields } }
}

/** The end of the whole task from those of its turns: the worst decides. */
function combined(turns: readonly Turn[]): ItemEnd {
  const ends = turns.map(({ end }) => end)
  const status = (['unreachable', 'failed', 'changed', 'unknown', 'ok'] as const).find((worst) => ends.some((end) => end.status === worst)) ?? 'skipped'
  return {
    ...plainEnd(status, combinedResult(ends, status)),
    hidden: ends.flatMap(({ hidden }) => hidden),
    ...(ends[0]?.delegate !== undefined && { delegate: ends[0].delegate }),
    error: ends.find(({ error }) => error !== undefined)?.error,
  }
}

function combinedResult(ends: readonly ItemEnd[], status: ItemEnd['status']): JsonObject {
  return {
    results: ends.map(({ result }) => result),
    changed: ends.some(({ result }) => result.changed === true),
    skipped: status === 'skipped',
    ...(ends.some(({ result }) => result.failed === true) && { failed: true }),
    ...(status === 'unreachable' && { unreachable: true }),
    msg: MESSAGES[status] ?? 'All items completed',
  }
}

const MESSAGES: Partial<Record<ItemEnd['status'], string>> = {
  failed: 'One or more items failed', unreachable: 'One or more items failed', skipped: 'All items skipped',
}
