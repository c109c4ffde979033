import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { asTexts } from '../task/keyword.ts'
import { placeOf } from './place-of.ts'
import type { StillPlay } from './still-plays.ts'

/** Patterns of a play that match no host of an inventory that holds some. */
export function checkHosts({ context }: StillPlay): readonly Diagnostic[] {
  const { play, run: { request: { inventory, options } } } = context
  if (inventory.hosts.size === 0 || (typeof play.hosts !== 'string' && !Array.isArray(play.hosts))) return []
  const found: Diagnostic[] = []
  const at = (text: string) => placeOf(text, play.range) ?? placeOf('hosts', play.range) ?? play.range
  try {
    const pattern = asTexts(play.hosts).join(':')
    inventory.select(pattern, { warn: (diagnostic) => found.push({ ...diagnostic, range: at(/'([^']+)'/.exec(diagnostic.summary)?.[1] ?? pattern) }) })
    if (options.limit !== undefined) inventory.select('all', { limit: options.limit, warn: (diagnostic) => found.push(diagnostic) })
  } catch (error) {
    // A pattern that cannot be read is told of with the play's settings.
    if (!(error instanceof DiagnosticError)) throw error
  }
  return found
}
