import { ModuleFailure } from '../../../module/module.ts'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const BYTES: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

/** `2d` in seconds; negative means at most. */
export function parseAge(text: string): number {
  return quantity(text, SECONDS, 'age')
}

/** `10m` in bytes; negative means at most. */
export function parseSize(text: string): number {
  return quantity(text, BYTES, 'size')
}

function quantity(text: string, units: Readonly<Record<string, number>>, what: string): number {
  const match = /^(-?\d+)([a-z])?$/.exec(text.toLowerCase())
  const unit = match?.[2] === undefined ? 1 : units[match[2]]
  if (match === null || unit === undefined) throw new ModuleFailure(`failed to process ${what}: ${text}`, { [what]: text })
  return Number(match[1]) * unit
}
