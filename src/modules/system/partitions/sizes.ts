import { ModuleFailure } from '../../../module/module.ts'

const SI = ['B', 'KB', 'MB', 'GB', 'TB']
const IEC = ['KiB', 'MiB', 'GiB', 'TiB']

/** What parted takes, and says. */
export const UNITS = ['s', 'B', 'KB', 'KiB', 'MB', 'MiB', 'GB', 'GiB', 'TB', 'TiB', '%', 'cyl', 'chs', 'compact'] as const

export interface Size {
  /** A number; for the unit chs three. */
  readonly size: number | { readonly cylinder: number, readonly head: number, readonly sector: number }
  readonly unit: string
}

/** `10GiB`, `-5%`, `1023,3,31`; without a unit of its own it has the one given. */
export function parseSize(text: string, unit = ''): Size {
  const [, number, own] = /^(-?[\d.]+) *([\w%]+)?$/.exec(text) ?? []
  if (number !== undefined) return { size: Number(number), unit: own ?? unit }
  const [, cylinder, head, sector] = /^(\d+),(\d+),(\d+)$/.exec(text) ?? []
  if (cylinder === undefined) throw new ModuleFailure(`Error interpreting parted size output: '${text}'`)
  return { size: { cylinder: Number(cylinder), head: Number(head), sector: Number(sector) }, unit: 'chs' }
}

/** Throws a `ModuleFailure` where a place is not told in a unit that parted knows. */
export function checkPlace(argument: string, text: string): void {
  const { size, unit } = parseSize(text)
  if (!(UNITS as readonly string[]).includes(unit)) {
    throw new ModuleFailure(`The argument '${argument}' doesn't respect required format.The size unit is case sensitive.`, { err: [typeof size === 'number' ? size : text, unit] })
  }
}

/** How many bytes a unit has; sectors, per cents and the like count as one. */
export function unitBytes(unit: string): number {
  if (['', 'compact', 'cyl', 'chs'].includes(unit)) return 1e6
  if (SI.includes(unit)) return 1000 ** SI.indexOf(unit)
  return IEC.includes(unit) ? 1024 ** (IEC.indexOf(unit) + 1) : 1
}
