import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** What is on a device, as blkid knows it. */
export interface Device {
  readonly kind: 'missing' | 'block' | 'file' | 'other'
  readonly bytes: number
  /** `ext4`, `LVM2_member`; empty where blkid knows nothing. */
  readonly type: string
  readonly uuid: string
  /** What blkid said. */
  readonly rc: number
  readonly err: string
}

export function deviceProbe(path: string): ScriptProbe<Device> {
  const device = quote(path)
  return {
    kind: 'script',
    key: `filesystem:${path}:device`,
    script: `d=${device}; [ -e "$d" ] || { echo missing 0; exit 0; }
command -v blkid >/dev/null || { echo 'Failed to find required executable "blkid"' >&2; exit 127; }
if [ -b "$d" ]; then echo "block $(blockdev --getsize64 "$d" 2>/dev/null)"; elif [ -f "$d" ]; then echo "file $(stat -Lc %s "$d")"; else echo 'other 0'; fi
LC_ALL=C blkid -c /dev/null -o export "$d"; echo "RC=$?"`,
    parse: ({ status, stdout, stderr }) => {
      const err = stderr.toString('utf8')
      if (status !== 0) throw new ModuleFailure(err.trim())
      return parse(stdout.toString('utf8'), err)
    },
    readsPaths: [path],
  }
}

function parse(text: string, err: string): Device {
  const [first = '', ...lines] = text.split('\n')
  const [kind = 'other', bytes = '0'] = first.split(' ')
  const valueOf = (name: string): string => lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
  return { kind: kind as Device['kind'], bytes: Number(bytes), type: valueOf('TYPE'), uuid: valueOf('UUID'), rc: Number(valueOf('RC')), err }
}
