import { asBoolean, keyword } from '../task/keyword.ts'
import type { Site } from '../task/site.ts'
import { controlName } from './control-name.ts'

/** Modules that act once for all hosts, whatever the task says. */
const ONCE: ReadonlySet<string> = new Set(['add_host', 'pause'])

/** Whether one host does the task for all. */
export function isOnce(site: Site): boolean {
  try {
    return ONCE.has(controlName(site.step)) || asBoolean(keyword(site, 'runOnce'), false)
  } catch {
    // The task itself will fail with the same error, and say why.
    return false
  }
}
