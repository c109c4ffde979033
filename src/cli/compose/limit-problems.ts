import type { Diagnostic } from '../../diagnostics/types.ts'
import type { RunRequest } from '../../engine/run-request.ts'

/** A limit that leaves no host of those there are. */
export function limitProblems({ inventory, options: { limit } }: RunRequest): readonly Diagnostic[] {
  if (limit === undefined || inventory.hostsOf('all').length === 0 || inventory.select('all', { limit }).length > 0) return []
  return [{ code: 'no-hosts', severity: 'error', summary: 'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.', hint: `--limit ${limit} matches no host of the inventory` }]
}
