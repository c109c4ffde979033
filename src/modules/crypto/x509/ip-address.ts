import { isIPv4, isIPv6 } from 'node:net'

/** The 4 or 16 bytes of an address; undefined for what is none. */
export function ipBytes(text: string): Buffer | undefined {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number))
  return isIPv6(text) && !text.includes('%') ? Buffer.from(groupsOf(text).flatMap((group) => [group >> 8, group & 0xff])) : undefined
}

function groupsOf(text: string): readonly number[] {
  const plain = text.replace(/[\d.]+\.[\d.]+$/, (quad) => {
    const [a = 0, b = 0, c = 0, d = 0] = quad.split('.').map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = '', tail] = plain.split('::')
  const numbers = (part: string): number[] => part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const before = numbers(head)
  const after = tail === undefined ? [] : numbers(tail)
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/** The address in its shortest form. */
export function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0)).toString(16))
  const [run] = [...` ${groups.join(' ')} `.matchAll(/(?: 0(?= )){2,}/g)].sort((one, other) => other[0].length - one[0].length)
  if (run === undefined) return groups.join(':')
  const start = ` ${groups.join(' ')} `.slice(0, run.index).trim().split(' ').filter((group) => group !== '')
  return `${start.join(':')}::${groups.slice(start.length + run[0].length / 2).join(':')}`
}

/** Address and mask of a network; undefined for what is none. */
export function networkBytes(text: string): Buffer | undefined {
  const [address = '', length = ''] = text.split('/')
  const bytes = ipBytes(address)
  const mask = bytes === undefined ? undefined : maskOf(length, bytes.length)
  if (bytes === undefined || mask === undefined || bytes.some((part, index) => (part & ~(mask[index] ?? 0) & 0xff) !== 0)) return undefined
  return Buffer.concat([bytes, mask])
}

function maskOf(length: string, size: number): Buffer | undefined {
  if (isIPv4(length) && size === 4) return ipBytes(length)
  const bits = /^\d+$/.test(length) ? Number(length) : -1
  if (bits < 0 || bits > size * 8) return undefined
  return Buffer.from(Array.from({ length: size }, (_, index) => 0xff & ~(0xff >> Math.max(0, Math.min(8, bits - index * 8)))))
}

/** `192.0.2.0/24`. */
export function networkText(bytes: Uint8Array): string {
  const half = bytes.length / 2
  const ones = [...bytes.subarray(half)].map((part) => part.toString(2).replaceAll('0', '').length)
  return `${ipText(bytes.subarray(0, half))}/${ones.reduce((sum, count) => sum + count, 0)}`
}
