import { KeywordError } from '../task/keyword.ts'
import type { Value } from '../../value/value.ts'

/** Splits hosts as `serial` says: sizes or percentages, the last of which repeats. */
export function batchesOf(hosts: readonly string[], serial: Value | undefined): readonly (readonly string[])[] {
  const sizes = sizesOf(hosts.length, serial)
  if (sizes.length === 0) return [hosts]
  const batches: (readonly string[])[] = []
  let start = 0
  while (start < hosts.length) {
    const size = sizes[Math.min(batches.length, sizes.length - 1)] ?? hosts.length
    batches.push(hosts.slice(start, start + size))
    start += size
  }
  return batches
}

function sizesOf(total: number, serial: Value | undefined): number[] {
  if (serial === undefined || serial === null) return []
  const given = Array.isArray(serial) ? serial : [serial]
  return given.map((size) => sizeOf(total, size)).map((size) => size <= 0 ? total : size)
}

function sizeOf(total: number, size: Value): number {
  const text = typeof size === 'number' || typeof size === 'string' ? String(size).trim() : ''
  const match = /^(-?\d+)(%?)$/.exec(text)
  if (!match) throw new KeywordError(`Cannot use serial '${text}': a number or a percentage is needed`)
  const number = Number(match[1])
  // A share of a few hosts is at least one.
  return match[2] === '%' ? Math.max(1, Math.floor(total * number / 100)) : number
}
