import type { OutcomeStatus } from '../../run/outcome.ts'
import { asBoolean, keyword } from './keyword.ts'
import type { Site } from './site.ts'

/** Whether the task lets a failure of this kind pass. */
export function isIgnored(site: Site, status: OutcomeStatus): boolean {
  if (status !== 'failed' && status !== 'unreachable') return false
  try {
    return asBoolean(keyword(site, status === 'failed' ? 'ignoreErrors' : 'ignoreUnreachable'), false)
  } catch {
    return false
  }
}
