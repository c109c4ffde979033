import type { ScriptProbe } from '../../../remote/probe.ts'

/** When the package lists were last fetched, by the host's clock. */
export interface AptCacheAge {
  /** Seconds since the epoch; 0 is never. */
  readonly updated: number
  readonly now: number
}

const PLACES = ['/var/lib/apt/periodic/update-success-stamp', '/var/lib/apt/lists', '/var/lib/apt/lists/partial']

export const APT_CACHE_AGE: ScriptProbe<AptCacheAge> = {
  kind: 'script',
  key: 'apt:cache-age',
  script: `date +%s; stat -c %Y ${PLACES.join(' ')} 2>/dev/null; true`,
  parse: ({ stdout }) => {
    const [now = 0, ...times] = stdout.toString('utf8').trim().split('\n').map(Number)
    return { now, updated: Math.max(0, ...times) }
  },
  readsPaths: ['/var/lib/apt/lists', '/var/lib/apt/periodic'],
}
