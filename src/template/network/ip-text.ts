export type IpVersion = 4 | 6

/** Bits of an address. */
export const WIDTH: Readonly<Record<IpVersion, number>> = { 4: 32, 6: 128 }

/** Reads an address; undefined for what is none. */
export function parseAddress(text: string): { readonly version: IpVersion, readonly value: bigint } | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text)
  return value === undefined ? undefined : { version: text.includes(':') ? 6 : 4, value }
}

/** The shortest usual form of an address. */
export function addressText(value: bigint, version: IpVersion): string {
  return version === 4 ? ipv4Text(value) : ipv6Text(value)
}

/** The name under which the address is found in reverse zones. */
export function reverseName(value: bigint, version: IpVersion): string {
  if (version === 4) return `${ipv4Text(value).split('.').reverse().join('.')}.in-addr.arpa.`
  return `${[...value.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa.`
}

function parseIpv4(text: string): bigint | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return undefined
  return parts.reduce((value, part) => value << 8n | BigInt(part), 0n)
}

function parseIpv6(text: string): bigint | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const low = dotted === null ? undefined : parseIpv4(dotted[2] ?? '')
  if (dotted !== null && low === undefined) return undefined
  const plain = dotted === null || low === undefined ? text : `${dotted[1] ?? ''}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`
  const groups = expandGroups(plain)
  return groups?.every((group) => /^[\da-f]{1,4}$/i.test(group)) === true ? groups.reduce((value, group) => value << 16n | BigInt(`0x${group}`), 0n) : undefined
}

/** Eight groups, `::` filled with zeros. */
function expandGroups(text: string): string[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [left = [], right = []] = halves.map((half) => half === '' ? [] : half.split(':'))
  if (halves.length === 1) return left.length === 8 ? left : undefined
  const missing = 8 - left.length - right.length
  return missing < 1 ? undefined : [...left, ...Array.from({ length: missing }, () => '0'), ...right]
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String(value >> shift & 255n)).join('.')
}

function ipv6Text(value: bigint): string {
  if (value >> 32n === 0xffffn) return `::ffff:${ipv4Text(value & 0xffffffffn)}`
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index) & 0xffffn).toString(16))
  const [longest = ''] = groups.join(':').match(/\b0(?::0)+\b/g)?.sort((left, right) => right.length - left.length) ?? []
  if (longest === '') return groups.join(':')
  return groups.join(':').replace(longest, '').replace(/^:?$|^:|:$/g, '::').replace(/:{2,}/, '::')
}
