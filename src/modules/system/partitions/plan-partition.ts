import { parseSize, unitBytes } from './sizes.ts'
import type { Partition, PartitionTable } from './table-probe.ts'

export interface WantedPartition {
  readonly device: string
  readonly align: string
  readonly number: number | undefined
  readonly unit: string
  readonly label: string
  readonly part_type: string
  readonly part_start: string
  readonly part_end: string
  readonly fs_type: string | undefined
  readonly name: string | undefined
  readonly flags: readonly string[] | undefined
  readonly state: 'absent' | 'present' | 'info'
  readonly resize: boolean
}

/** Words of a script for parted; empty: nothing is to be done. */
export type Script = readonly string[]

/** What makes the partition, or takes it away. */
export function firstScript(wanted: WantedPartition, table: PartitionTable): Script {
  const { state, number = 0 } = wanted
  const found = partitionIn(table, number)
  if (state === 'absent') return found === undefined ? [] : ['rm', String(number)]
  if (state === 'info') return []
  const making = makingWords(wanted, table)
  return [...making.length === 0 ? [] : ['unit', wanted.unit, ...making], ...found !== undefined && wanted.resize ? resizingWords(wanted, table, found) : []]
}

/** What gives the partition its name and flags, once it is there. `found` is undefined where it is yet to be made. */
export function secondScript({ number = 0, name, flags = [], unit }: WantedPartition, found: Partition | undefined): Script {
  const isNamed = name === undefined || found?.name === name
  const words = [...isNamed ? [] : ['name', String(number), `"${name}"`], ...flags.length === 0 ? [] : flagWords(String(number), flags, found?.flags ?? [])]
  return words.length === 0 ? [] : ['unit', unit, ...words]
}

function flagWords(number: string, given: readonly string[], before: readonly string[]): Script {
  // The one brings the other.
  const flags = given.includes('esp') && !given.includes('boot') ? [...given, 'boot'] : given
  const on = flags.filter((flag) => !before.includes(flag)).flatMap((flag) => ['set', number, flag, 'on'])
  return [...on, ...before.filter((flag) => !flags.includes(flag)).flatMap((flag) => ['set', number, flag, 'off'])]
}

export function partitionIn({ partitions }: PartitionTable, number: number): Partition | undefined {
  return partitions.find(({ num }) => num === number)
}

function makingWords(wanted: WantedPartition, table: PartitionTable): Script {
  const { label, part_type: type, part_start: start, part_end: end, fs_type: kind, number = 0 } = wanted
  const isLabelled = table.disk.table === label
  const makes = !isLabelled || partitionIn(table, number) === undefined
  return [...isLabelled ? [] : ['mklabel', label], ...makes ? ['mkpart', type, ...kind === undefined ? [] : [kind], start, end] : []]
}

function resizingWords({ number = 0, part_end: end, unit }: WantedPartition, table: PartitionTable, found: Partition): Script {
  const [now, wanted] = [bytesOf(found.end, unit), endInBytes(end, unit, table)]
  return isThere(now, wanted, { unit, table }) ? [] : ['resizepart', String(number), end]
}

function endInBytes(end: string, given: string, { disk }: PartitionTable): number {
  const { size, unit } = parseSize(end, given)
  if (typeof size !== 'number') return NaN
  return unit === '%' ? bytesOf(Math.trunc(Math.trunc(Number(disk.size)) * size / 100), given) : bytesOf(size, unit)
}

function bytesOf(size: Partition['end'], unit: string): number {
  return typeof size === 'number' ? Math.trunc(size * unitBytes(unit)) : NaN
}

/** The end of a disk with a GPT is not for partitions: its second table is there. */
function isThere(now: number, wanted: number, { unit, table: { disk } }: { readonly unit: string, readonly table: PartitionTable }): boolean {
  const usable = bytesOf(disk.size, unit) - (disk.table === 'gpt' ? 33 * disk.logical_block : 0)
  return now === wanted || (disk.table === 'gpt' && unitBytes(unit) > 1 && wanted > usable && Math.abs(now - usable) <= unitBytes(unit))
}
