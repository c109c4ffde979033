import type { ScriptProbe } from '../../../remote/probe.ts'

/** When the package lists were last fetched, by the host's clock; and what apt keeps besides them. */
export interface AptCacheAge {
  /** Seconds since the epoch; 0 is never. */
  readonly updated: number
  readonly now: number
  /** Packages that are there only since others need them. */
  readonly automatic: readonly string[]
  /** There are files that `apt-get clean` removes. */
  readonly isCached: boolean
}

const PLACES = ['/var/lib/apt/periodic/update-success-stamp', '/var/lib/apt/lists', '/var/lib/apt/lists/partial']

export const APT_CACHE_AGE: ScriptProbe<AptCacheAge> = {
  kind: 'script',
  key: 'apt:cache-age',
  script: [
    `date +%s; stat -c %Y ${PLACES.join(' ')} 2>/dev/null`,
    'for f in /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/* /var/cache/apt/*.bin; do [ ! -e "$f" ] || { echo cached; break; }; done',
    "[ ! -e /var/lib/apt/extended_states ] || awk '/^Package: /{p=$2} /^Auto-Installed: 1/{print \"auto \" p}' /var/lib/apt/extended_states; true",
  ].join('\n'),
  parse: ({ stdout }) => {
    const lines = stdout.toString('utf8').trim().split('\n')
    const [now = 0, ...times] = lines.filter((line) => /^\d+$/.test(line)).map(Number)
    return { now, updated: Math.max(0, ...times), automatic: lines.filter((line) => line.startsWith('auto ')).map((line) => line.slice(5)), isCached: lines.includes('cached') }
  },
  readsPaths: ['/var/lib/apt/lists', '/var/lib/apt/periodic', '/var/lib/apt/extended_states', '/var/cache/apt'],
}
