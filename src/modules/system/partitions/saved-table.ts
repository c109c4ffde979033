import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import type { WantedPartition } from './plan-partition.ts'
import type { PartitionTable } from './table-probe.ts'

/** The beginning and the end of a device, where its tables are, so that they can be put back as they were. */
export interface SavedTable {
  readonly bytes: number
  /** Of gzip, in base64. */
  readonly head: string
  readonly tail: string
}

/** How much of either end is kept: the tables of a GPT, with sectors of 4 KiB too. */
const ENDS = 32 * 1024

export function savedTableProbe(device: string): ScriptProbe<SavedTable> {
  return {
    kind: 'script',
    key: `parted:${device}:bytes`,
    script: `d=${quote(device)}; if [ -b "$d" ]; then n=$(blockdev --getsize64 "$d"); else n=$(stat -Lc %s "$d"); fi; echo "$n"
dd if="$d" bs=512 count=${ENDS / 512} 2>/dev/null | gzip -nc | base64 | tr -d '\\n'; echo
dd if="$d" bs=512 skip=$((n / 512 - ${ENDS / 512})) count=${ENDS / 512} 2>/dev/null | gzip -nc | base64 | tr -d '\\n'; echo`,
    parse: ({ status, stdout, stderr }) => {
      const [bytes = '', head = '', tail = ''] = stdout.toString('utf8').split('\n')
      if (status !== 0 || bytes === '') throw new ModuleFailure(stderr.toString('utf8').trim())
      return { bytes: Number(bytes), head, tail }
    },
    readsPaths: [device],
  }
}

/** Writes both ends, and has the kernel look again. */
export function restoreScript(device: string, { bytes, head, tail }: SavedTable): string {
  const put = (text: string, sector: number): string => `printf %s ${quote(text)} | base64 -d | gzip -dc | dd of="$d" bs=512 seek=${sector} conv=notrunc 2>/dev/null`
  return `d=${quote(device)}; ${put(head, 0)} && ${put(tail, Math.floor(bytes / 512) - ENDS / 512)} && { [ ! -b "$d" ] || blockdev --rereadpt "$d"; }`
}

/** Why a table cannot be put back by its ends; undefined where it can. */
export function whyNotRestorable({ label, part_type: type, number = 0 }: WantedPartition, { disk: { table }, partitions }: PartitionTable): string | undefined {
  const others = [table, label].filter((one) => !['gpt', 'msdos', 'loop', 'unknown'].includes(one))
  if (others.length > 0) return `where a table of kind ${others[0] ?? ''} stands is not known`
  const isChained = type !== 'primary' || number > 4 || (table === 'msdos' && partitions.some(({ num }) => num > 4))
  return isChained && [table, label].includes('msdos') ? 'the chain of logical partitions goes through the disk' : undefined
}
