import { ModuleFailure } from '../../../module/module.ts'

/** A size as lvcreate takes it: `10G`, `+512M`, `50%FREE`. */
export interface VolumeSize {
  readonly operator: '+' | '-' | ''
  /** Without its operator, with its unit. */
  readonly text: string
  readonly percent: { readonly number: number, readonly of: PercentOf } | undefined
  /** Of a size that is no percentage. */
  readonly bytes: number
  /** Letter that results are told in. */
  readonly unit: string
}

export type PercentOf = 'VG' | 'PVS' | 'FREE' | 'ORIGIN'

const POWERS = 'bkmgtpe'

/** Numbers without a unit are megabytes; units are powers of 1024, however they are written. Throws a `ModuleFailure` for what is no size. */
export function parseVolumeSize(given: string, isSnapshot: boolean): VolumeSize {
  const [, operator = '', rest = ''] = /^([+-]?)(.*)$/s.exec(given) ?? []
  const shared = { operator: operator as VolumeSize['operator'] }
  if (rest.includes('%')) return { ...shared, text: rest, percent: percentOf(rest, isSnapshot), bytes: 0, unit: 'm' }
  const [, own] = /([bskmgtpe])$/i.exec(rest) ?? []
  const number = own === undefined ? rest : rest.slice(0, -1)
  if (!/^\d[\d.]*(?:e\d+)?$/i.test(number) || Number.isNaN(Number(number))) throw new ModuleFailure(`Bad size specification of '${number}'`)
  const unit = own ?? 'm'
  return { ...shared, text: number + unit, percent: undefined, bytes: Number(number) * unitBytes(unit), unit }
}

function unitBytes(unit: string): number {
  return unit.toLowerCase() === 's' ? 512 : 1024 ** POWERS.indexOf(unit.toLowerCase())
}

/** As LVM and Python tell it. */
export function inUnit(bytes: number, unit: string): number {
  return Math.round(bytes / unitBytes(unit) * 100) / 100
}

export function floatText(number: number): string {
  return Number.isInteger(number) ? `${number}.0` : String(number)
}

function percentOf(text: string, isSnapshot: boolean): VolumeSize['percent'] {
  const [, number, of = ''] = /^(\d+)%(.*)$/s.exec(text) ?? []
  if (number === undefined) throw new ModuleFailure(`Bad size specification of '${text}'`)
  if (Number(number) > 100) throw new ModuleFailure('Size percentage cannot be larger than 100%')
  if (of === 'ORIGIN' && !isSnapshot) throw new ModuleFailure('Percentage of ORIGIN supported only for snapshot volumes')
  if (!['VG', 'PVS', 'FREE', 'ORIGIN'].includes(of)) throw new ModuleFailure('Specify extents as a percentage of VG|PVS|FREE|ORIGIN')
  return { number: Number(number), of: of as PercentOf }
}
