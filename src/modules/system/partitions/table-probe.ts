import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import type { JsonObject } from '../../../value/value.ts'
import { parseSize, type Size } from './sizes.ts'

export interface Partition {
  readonly num: number
  readonly begin: Size['size']
  readonly end: Size['size']
  /** Empty for the unit chs. */
  readonly size: Size['size'] | ''
  readonly fstype: string
  readonly name: string
  readonly flags: readonly string[]
  readonly unit: string
}

export interface Disk {
  readonly dev: string
  readonly size: Size['size']
  readonly unit: string
  /** Its label: `gpt`, `msdos`, `unknown`. */
  readonly table: string
  readonly model: string
  readonly logical_block: number
  readonly physical_block: number
  readonly chs_info?: JsonObject
}

export interface PartitionTable {
  readonly disk: Disk
  readonly partitions: readonly Partition[]
}

/** What parted says of a device, in the unit asked for. Needs parted 3.1 (of 2012) or later. */
export function tableProbe(device: string, unit: string): ScriptProbe<PartitionTable> {
  return {
    kind: 'script',
    key: `parted:${device}:${unit}`,
    script: `command -v parted >/dev/null || { echo 'Failed to find required executable "parted"' >&2; exit 127; }
LC_ALL=C parted -s -m ${quote(device)} -- unit ${quote(unit)} print`,
    parse: ({ status, stdout, stderr }) => {
      const [out, err] = [stdout.toString('utf8'), stderr.toString('utf8')]
      if (status === 127) throw new ModuleFailure(err.trim())
      if (status !== 0 && !err.includes('unrecognised disk label')) {
        throw new ModuleFailure(`Error while getting device information with parted script: 'parted -s -m ${device} -- unit '${unit}' print'`, { rc: status, out, err })
      }
      return parseTable(out, unit)
    },
    readsPaths: [device],
  }
}

function parseTable(text: string, asked: string): PartitionTable {
  const [, head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '').map((line) => line.replace(/;+$/, ''))
  const { disk, unit } = diskOf(head, asked)
  if (unit !== 'cyl' && unit !== 'chs') return { disk, partitions: lines.map((line) => partitionOf(line, unit)) }
  const [cylinders = '', ...rows] = lines
  return { disk: { ...disk, chs_info: geometry(cylinders) }, partitions: rows.map((line) => partitionOf(line, unit)) }
}

function diskOf(line: string, asked: string): { readonly disk: Disk, readonly unit: string } {
  const [dev = '', whole = '0', , logical = '0', physical = '0', table = '', model = ''] = line.split(':')
  const { size, unit } = parseSize(whole, asked)
  return { unit, disk: { dev, size, unit: unit.toLowerCase(), table, model, logical_block: Number(logical), physical_block: Number(physical) } }
}

function geometry(line: string): JsonObject {
  const [cylinders, heads, sectors, size = '0'] = line.split(':')
  const { size: bytes, unit } = parseSize(size)
  return { cylinders: Number(cylinders), heads: Number(heads), sectors: Number(sectors), cyl_size: bytes, cyl_size_unit: unit.toLowerCase() }
}

function partitionOf(line: string, unit: string): Partition {
  const [num, begin = '', end = '', ...rest] = line.split(':')
  const [size, fstype = '', name = '', flags = ''] = unit === 'chs' ? ['', ...rest] : rest
  return {
    num: Number(num), begin: parseSize(begin).size, end: parseSize(end).size, size: size === undefined || size === '' ? '' : parseSize(size).size,
    fstype, name, flags: flags.split(', ').map((flag) => flag.trim()).filter((flag) => flag !== ''), unit: unit.toLowerCase(),
  }
}
