import { isIPv4, isIPv6 } from 'node:net'
import { ModuleFailure } from '../../../module/module.ts'

/** `10.1.2.3/8`, or an address with a mask, as `10.0.0.0/8`; words and host names stay as they are. */
export function networkOf(source: string, mask: string | undefined): string {
  const [, address = source, prefix] = /^"?([\d.:a-f]+?)(?:\/(\d+))?"?$/i.exec(source) ?? []
  const bits = widthOf(address)
  if (bits === undefined) {
    if (mask !== undefined && mask !== '') throw new ModuleFailure(`netmask: ${source} is no address that takes a mask`)
    return source
  }
  const length = mask === undefined || mask === '' ? Number(prefix ?? bits) : maskLength(mask, bits)
  if (length > bits) throw new ModuleFailure(`${source} has more than ${bits} bits`)
  const host = BigInt(bits - length)
  return `${write((read(address, bits) >> host) << host, bits)}/${length}`
}

/** How many bits of an address count: IPv4 is weighed as if it were as wide as IPv6. Undefined for names and words. */
export function precision(source: string): number | undefined {
  const [, address = '', prefix = ''] = /^([\d.:a-f]+)\/(\d+)$/i.exec(source) ?? []
  const bits = widthOf(address)
  return bits === undefined ? undefined : Number(prefix) * (128 / bits)
}

/** Orders networks of one precision: IPv4 before IPv6, then by number. */
export function numberOf(source: string): bigint | undefined {
  const [address = ''] = source.split('/')
  const bits = widthOf(address)
  return bits === undefined ? undefined : (bits === 32 ? 0n : 1n << 64n) + read(address, bits)
}

function widthOf(address: string): 32 | 128 | undefined {
  return isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined
}

function maskLength(mask: string, bits: 32 | 128): number {
  if (widthOf(mask) !== bits) throw new ModuleFailure(`netmask: ${mask} is no mask of ${bits} bits`)
  const binary = read(mask, bits).toString(2)
  if (!/^1*0*$/.test(binary) || (binary.length !== bits && binary !== '0')) throw new ModuleFailure(`netmask: ${mask} is no mask: ones must come before zeros`)
  return binary.replaceAll('0', '').length
}

function read(address: string, bits: 32 | 128): bigint {
  if (bits === 32) return address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n)
  const [left = '', right] = address.split('::')
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))
  const missing = 8 - groups(left).length - groups(right ?? '').length
  return [...groups(left), ...Array.from({ length: right === undefined ? 0 : missing }, () => '0'), ...groups(right ?? '')].reduce((sum, part) => (sum << 16n) + BigInt(`0x${part}`), 0n)
}

function write(value: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16))
  const { start, length } = longestRun(groups)
  return length < 2 ? groups.join(':') : `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`
}

/** Of zeros. */
function longestRun(groups: readonly string[]): { readonly start: number, readonly length: number } {
  const runs = groups.map((_, start) => {
    const end = groups.findIndex((group, index) => index >= start && group !== '0')
    return { start, length: (end < 0 ? groups.length : end) - start }
  })
  return runs.reduce((best, run) => (run.length > best.length ? run : best))
}
