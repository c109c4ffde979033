import { UnknownValueError } from '../../value/unknown.ts'
import { applyEffects } from './apply-effects.ts'
import { attempt } from './attempts.ts'
import { prepareCall } from './call.ts'
import { conditionText, unmetCondition } from './conditions.ts'
import { errorEnd } from './error-end.ts'
import { plainEnd, type ItemEnd } from './item-end.ts'
import { forgetAssigned } from './forget-assigned.ts'
import type { Site } from './site.ts'

/** Runs a task without a loop, or one item of its loop. Never throws. */
export async function performItem(site: Site): Promise<ItemEnd> {
  try {
    return skippedEnd(site) ?? await applyEffects(site, await attempt(prepareCall(site)))
  } catch (error) {
    if (error instanceof UnknownValueError) forgetAssigned(site, error.message)
    return errorEnd(error)
  }
}

/** How the task ends when its condition does not hold; undefined when it does. Throws what evaluation throws. */
export function skippedEnd(site: Site): ItemEnd | undefined {
  const unmet = unmetCondition(site, site.step.frame.keywords.when)
  if (unmet === undefined) return undefined
  return plainEnd('skipped', { changed: false, skipped: true, skip_reason: 'Conditional result was False', false_condition: conditionText(unmet) })
}
