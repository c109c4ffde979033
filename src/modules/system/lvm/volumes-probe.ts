import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import { LVM_ENVIRONMENT } from './step.ts'

/** The logical volumes of a group; sizes are bytes. */
export interface Volumes {
  /** Null where there is no such group. */
  readonly group: { readonly bytes: number, readonly free: number, readonly extentBytes: number } | null
  readonly volumes: readonly LogicalVolume[]
  /** What LVM said where there is no such group. */
  readonly rc: number
  readonly err: string
}

export interface LogicalVolume {
  readonly name: string
  readonly bytes: number
  readonly active: boolean
  readonly kind: 'thinpool' | 'thin' | 'other'
}

export function volumesProbe(group: string): ScriptProbe<Volumes> {
  const common = '--noheadings --nosuffix --units b --separator \';\''
  return {
    kind: 'script',
    key: `lvm:volumes:${group}`,
    script: `${LVM_ENVIRONMENT}
command -v vgs >/dev/null || { echo 'Failed to find required executable "vgs"' >&2; exit 127; }
vgs ${common} -o vg_name,size,free,vg_extent_size ${quote(group)} && lvs -a ${common} -o lv_name,size,lv_attr ${quote(group)}`,
    parse: ({ status, stdout, stderr }) => {
      const [rc, err] = [status, stderr.toString('utf8')]
      if (status !== 0) return { group: null, volumes: [], rc, err }
      const [first, ...rows] = stdout.toString('utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => line.split(';'))
      const [, bytes, free, extentBytes] = first ?? []
      return { group: { bytes: Number(bytes), free: Number(free), extentBytes: Number(extentBytes) }, volumes: rows.map(volumeOf), rc, err }
    },
  }
}

/** Hidden ones stand in brackets. */
function volumeOf([name = '', bytes, attributes = '']: readonly string[]): LogicalVolume {
  const kind = attributes.startsWith('t') ? 'thinpool' : attributes.startsWith('V') ? 'thin' : 'other'
  return { name: name.replace(/[[\]]/g, ''), bytes: Number(bytes), active: attributes[4] === 'a', kind }
}
