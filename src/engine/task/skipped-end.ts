import { conditionText, unmetCondition } from './conditions.ts'
import { plainEnd, type ItemEnd } from './item-end.ts'
import type { Site } from './site.ts'

/** How the task ends when its condition does not hold; undefined when it does. Throws what evaluation throws. */
export function skippedEnd(site: Site): ItemEnd | undefined {
  const unmet = unmetCondition(site, site.step.frame.keywords.when)
  if (unmet === undefined) return undefined
  return plainEnd('skipped', { changed: false, skipped: true, skip_reason: 'Conditional result was False', false_condition: typeof unmet === 'boolean' ? unmet : conditionText(unmet) })
}
