import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { Effects } from '../remote/write.ts'
import { quoteAll } from '../text/shell-quote.ts'
import type { JsonObject } from '../value/value.ts'
import { firstScript, partitionIn, secondScript, type Script } from './system/partitions/plan-partition.ts'
import { restoreScript, savedTableProbe, whyNotRestorable, type SavedTable } from './system/partitions/saved-table.ts'
import { checkPlace, UNITS } from './system/partitions/sizes.ts'
import { tableProbe, type PartitionTable } from './system/partitions/table-probe.ts'

const args = {
  device: { type: 'str', required: true, description: 'The disk, or the file that is one.' },
  state: { type: 'str', default: 'info', choices: ['absent', 'present', 'info'], description: 'Whether the partition is to be there; `info` only tells what there is.' },
  number: { type: 'int', description: 'Number of the partition.' },
  label: {
    type: 'str', default: 'msdos', description: 'Kind of the partition table; a disk that has another one loses all its partitions.',
    choices: ['aix', 'amiga', 'bsd', 'dvh', 'gpt', 'loop', 'mac', 'msdos', 'pc98', 'sun'],
  },
  part_type: { type: 'str', default: 'primary', choices: ['extended', 'logical', 'primary'], description: 'Kind of the partition.' },
  part_start: { type: 'str', default: '0%', description: 'Where it begins; what is negative counts from the end.' },
  part_end: { type: 'str', default: '100%', description: 'Where it ends.' },
  fs_type: { type: 'str', description: 'What file system the table is to name for a new one.' },
  name: { type: 'str', description: 'Its name.' },
  flags: { type: 'list', elements: 'str', description: 'Its flags; it loses all others.' },
  resize: { type: 'bool', default: false, description: 'Let it end at `part_end` where it is there already.' },
  align: { type: 'str', default: 'optimal', choices: ['cylinder', 'minimal', 'none', 'optimal', 'undefined'], description: 'How a new one is aligned.' },
  unit: { type: 'str', default: 'KiB', choices: UNITS, description: 'Unit of what is told, and of numbers without one.' },
} as const

type Wanted = ArgumentsOf<typeof args>

interface PartedState {
  readonly table: PartitionTable
  /** Kept where the table is about to change, and can be put back. */
  readonly saved: SavedTable | null
  /** What is done for a state that is wanted. */
  readonly scripts?: readonly Script[]
}

/** `community.general.parted`: partitions of disks and image files. */
export const parted = defineModule({
  name: 'parted',
  aliases: ['community.general.parted'],
  summary: 'Keep a partition of a disk, or tell them.',
  args,
  constraints: { requiredIf: [['state', 'present', ['number']], ['state', 'absent', ['number']]] },
  examples: [
    { name: 'One partition that fills the disk', args: { device: '/dev/sdb', number: 1, state: 'present', label: 'gpt', name: 'data' } },
    { name: 'What is on a disk', args: { device: '/dev/sdb', unit: 'MiB' } },
  ],
  observe: async (wanted: Wanted, remote): Promise<PartedState> => {
    check(wanted)
    const table = await remote.read(tableProbe(wanted.device, wanted.unit))
    const keeps = scriptsFor(wanted, table).length > 0 && whyNotRestorable(wanted, table) === undefined
    return { table, saved: keeps ? await remote.read(savedTableProbe(wanted.device)) : null }
  },
  diff: (wanted, before) => {
    const scripts = scriptsFor(wanted, before.table)
    if (scripts.length === 0) return undefined
    return {
      before, after: { table: before.table, saved: null, scripts },
      diff: [{ before: shown(before.table), after: `${shown(before.table)}# ${told(scripts)}\n` }],
      fields: { script: told(scripts) },
    }
  },
  apply: async (wanted, { before, after }, remote) => {
    const { device } = wanted
    if (after.scripts === undefined) {
      if (after.saved === null) throw new ModuleFailure(`The partition table of ${device} is not known`)
      await remote.write({ summary: `Put the partition table of ${device} back`, command: { script: restoreScript(device, after.saved) }, effects: effectsOn(device) })
      return undefined
    }
    const first = firstScript(wanted, before.table)
    if (first.length > 0) await runScript(wanted, first, remote)
    const table = first.length > 0 ? await remote.read(tableProbe(device, wanted.unit)) : before.table
    const found = partitionIn(table, wanted.number ?? 0)
    const second = found === undefined || wanted.state !== 'present' ? [] : secondScript(wanted, found)
    if (second.length > 0) await runScript(wanted, second, remote)
    return { ...infoOf(second.length > 0 ? await remote.read(tableProbe(device, wanted.unit)) : table), script: told([first, second]) }
  },
  effects: ({ device }: Wanted) => effectsOn(device),
  result: ({ state, unit }, { table }) => ({ ...infoOf(table), script: state === 'info' ? `unit '${unit}' print` : '' }),
  undo: (wanted, { before: { table, saved } }) => saved === null && whyNotRestorable(wanted, table) !== undefined ? { impossible: whyNotRestorable(wanted, table) ?? '' } : 'swap',
})

function check({ number, part_start: start, part_end: end }: Wanted): void {
  if (number !== undefined && number < 1) throw new ModuleFailure('The partition number must be greater then 0.')
  checkPlace('part_start', start)
  checkPlace('part_end', end)
}

function scriptsFor(wanted: Wanted, table: PartitionTable): readonly Script[] {
  const first = firstScript(wanted, table)
  // What has just been made has no flags yet, as far as can be told before.
  const second = wanted.state === 'present' ? secondScript(wanted, first.length > 0 ? undefined : partitionIn(table, wanted.number ?? 0)) : []
  return [first, second].filter((script) => script.length > 0)
}

async function runScript({ device, align }: Wanted, script: Script, remote: Remote): Promise<void> {
  const words = ['parted', '-s', '-m', ...align === 'undefined' ? [] : ['-a', align], device, '--', ...script]
  const { status, stdout, stderr } = await remote.exec({ script: `LC_ALL=C ${quoteAll(words)}` }, effectsOn(device))
  if (status !== 0) throw new ModuleFailure(`Error while running parted script: ${words.join(' ')}`, { rc: status, out: stdout.toString('utf8'), err: stderr.toString('utf8') })
}

/** Partitions are devices of their own: /dev/sdb1. */
function effectsOn(device: string): Effects {
  return { keys: [`parted:${device}:*`, `filesystem:${device}*`, 'facts:*'], paths: device.startsWith('/dev/') ? ['/dev'] : [device] }
}

function infoOf({ disk, partitions }: PartitionTable): JsonObject {
  return { disk: { ...disk }, partitions: partitions.map((partition) => ({ ...partition, flags: [...partition.flags] })) }
}

function shown({ disk, partitions }: PartitionTable): string {
  return [disk.table, ...partitions.map(partitionLine)].map((line) => `${line}\n`).join('')
}

function partitionLine({ num, begin, end, name, flags }: PartitionTable['partitions'][number]): string {
  return `${num} ${JSON.stringify(begin)} ${JSON.stringify(end)} ${name} ${flags.join(',')}`.trimEnd()
}

/** As one would write it for a shell. */
function told(scripts: readonly Script[]): string {
  return scripts.filter((script) => script.length > 0).map((script) => script.map((word) => word.startsWith('"') ? `'${word}'` : word).join(' ')).join(' ')
}
