import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import { LVM_ENVIRONMENT } from './step.ts'

/** A volume group, and the devices that are asked for. */
export interface VolumeGroup {
  /** How many logical volumes it has; null where there is no such group. */
  readonly volumes: number | null
  /** Real paths of the devices asked for; null where there is none. */
  readonly devices: readonly (string | null)[]
  readonly physical: readonly PhysicalVolume[]
  /** Of its logical volumes, how many are active and not. */
  readonly active: number
  readonly inactive: number
  /** Whether its volumes become active by themselves; null where this LVM knows nothing of it. */
  readonly autoactivation: boolean | null
}

export interface PhysicalVolume {
  /** Real path of its device. */
  readonly path: string
  readonly group: string
  readonly deviceBytes: number
  readonly bytes: number
  readonly start: number
  readonly extentBytes: number
}

const FIELDS = 'pv_name,vg_name,dev_size,pv_size,pe_start,vg_extent_size'

export function groupProbe(group: string, devices: readonly string[]): ScriptProbe<VolumeGroup> {
  const selection = [...devices.map((device) => `pv_name = ${device}`), `vg_name = ${group}`].join(' || ')
  return {
    kind: 'script',
    key: `lvm:group:${group}:${devices.join(',')}`,
    script: `${LVM_ENVIRONMENT}
command -v vgs >/dev/null || { echo 'Failed to find required executable "vgs"' >&2; exit 1; }
all=$(vgs --noheadings -o vg_name,pv_count,lv_count --separator ';') || exit 1
printf '%s\\n' "$all" | sed -n 's/^ *\\([^ ]\\)/G;\\1/p'
select=${quote(selection)}
for d in ${quoteAll(devices)}; do
  r=$(readlink -f "$d"); if [ -e "$r" ]; then echo "D;$r"; select="$select || pv_name = $r"; else echo 'D;'; fi
done
pvs --noheadings --nosuffix --units b -o ${FIELDS} --separator ';' --select "$select" | while IFS=';' read -r name rest; do
  name=\${name# }; name=\${name# }
  case $name in /dev/dm-*) name=/dev/mapper/$(dmsetup info -C --noheadings -o name "$name") ;; esac
  echo "P;$(readlink -f "$name");$rest"
done
auto=; vgchange --help 2>&1 | grep -q -- --setautoactivation && auto=,autoactivation
vgs --noheadings -o "lv_attr$auto" --separator ';' ${quote(group)} 2>/dev/null | sed 's/^ */L;/'; :`,
    parse: ({ status, stdout, stderr }) => {
      const lines = stdout.toString('utf8').split('\n').map((line) => line.trim().split(';'))
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || 'Failed executing vgs command.', { rc: status, err: stderr.toString('utf8') })
      return parse(group, lines)
    },
  }
}

function parse(group: string, lines: readonly (readonly string[])[]): VolumeGroup {
  const rows = (kind: string): readonly (readonly string[])[] => lines.filter(([first]) => first === kind).map((row) => row.slice(1))
  const found = rows('G').find(([name]) => name === group)
  const attributes = rows('L')
  const isActive = ([text = '']: readonly string[]): boolean => text[4] === 'a'
  const volumes = attributes.filter(([text = '']) => text !== '')
  const told = attributes.map(([, automatic]) => automatic)
  return {
    volumes: found === undefined ? null : Number(found[2]),
    devices: rows('D').map(([path = '']) => path === '' ? null : path),
    physical: rows('P').map(([path = '', owner = '', deviceBytes, bytes, start, extentBytes]) => (
      { path, group: owner, deviceBytes: Number(deviceBytes), bytes: Number(bytes), start: Number(start), extentBytes: Number(extentBytes) })),
    active: volumes.filter(isActive).length, inactive: volumes.filter((row) => !isActive(row)).length,
    autoactivation: told.every((one) => one === undefined) ? null : told.includes('enabled'),
  }
}
