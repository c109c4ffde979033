import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

export interface ClockState {
  /** What keeps the clock: systemd's service, or files. */
  readonly manager: 'timedatectl' | 'files'
  /** `n/a` where the files do not agree. */
  readonly name: string
  readonly hwclock: string
  /** Whether the wanted time zone is known. */
  readonly exists: boolean
}

/** The zone is what /etc/localtime is; where there is no timedatectl, /etc/timezone must say the same. */
export function clockProbe(wanted: string | undefined): ScriptProbe<ClockState> {
  const zone = quote(wanted ?? '')
  return {
    kind: 'script',
    key: `timezone:${wanted ?? ''}`,
    script: `z=${zone}
[ -n "$z" ] && [ -f "/usr/share/zoneinfo/$z" ] && echo 'E yes'
if s=$(LC_ALL=C timedatectl status 2>/dev/null); then printf '%s\\n' "$s" | sed 's/^/S /'; exit 0; fi
if [ -L /etc/localtime ]; then echo "L $(readlink /etc/localtime)"; [ -e /etc/localtime ] || echo 'X broken'
elif [ -n "$z" ] && cmp -s /etc/localtime "/usr/share/zoneinfo/$z"; then echo "L /usr/share/zoneinfo/$z"; fi
[ -f /etc/timezone ] && { read -r t </etc/timezone; echo "T $t"; }
[ -f /etc/default/rcS ] && sed -n 's/^UTC *= */U /p' /etc/default/rcS
[ -f /etc/adjtime ] && sed -n 's/^\\(UTC\\|LOCAL\\)$/A \\1/p' /etc/adjtime; :`,
    parse: ({ stdout }) => parse(stdout.toString('utf8'), wanted),
    readsPaths: ['/etc/localtime', '/etc/timezone', '/etc/adjtime', '/usr/share/zoneinfo'],
  }
}

function parse(text: string, wanted: string | undefined): ClockState {
  const line = (kind: string): string | undefined => new RegExp(`^${kind} (.*)$`, 'm').exec(text)?.[1]
  const exists = line('E') !== undefined
  if (line('S') !== undefined) {
    const isLocal = text.includes('RTC in local TZ: yes')
    return { manager: 'timedatectl', name: /Time ?zone: (\S+)/.exec(text)?.[1] ?? 'n/a', hwclock: isLocal ? 'local' : 'UTC', exists }
  }
  const isLocal = line('U') === 'no' || line('A') === 'LOCAL'
  return { manager: 'files', name: nameIn(line, wanted), hwclock: isLocal ? 'local' : 'UTC', exists }
}

/** A name that both files agree on counts; else that of them which is not as wanted is told. */
function nameIn(line: (kind: string) => string | undefined, wanted: string | undefined): string {
  const isBroken = line('X') !== undefined
  const linked = isBroken ? undefined : /\/(?:usr\/share|etc)\/zoneinfo\/(.*)$/.exec(line('L') ?? '')?.[1]
  const named = line('T')?.trim()
  return (named === undefined || named === wanted ? linked : named) ?? 'n/a'
}
