import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Sources } from './load-sources.ts'

/** There is no host but the one that need not be named, and more than it may be meant. */
export function localhostWarnings({ inventory, config }: Sources, pattern = 'all'): readonly Diagnostic[] {
  const isMeant = ['localhost', '127.0.0.1', '::1'].includes(pattern)
  if (isMeant || inventory.hostsOf('all').length > 0 || !config.get('LOCALHOST_WARNING')) return []
  return [{ code: 'only-localhost', severity: 'warning', summary: "provided hosts list is empty, only localhost is available. Note that the implicit localhost does not match 'all'" }]
}
