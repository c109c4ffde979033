import { IpNetwork } from './ip-network.ts'
import { WIDTH } from './ip-text.ts'

export type AddressClass = 'private' | 'link-local' | 'loopback' | 'multicast'

const RANGES: Readonly<Record<AddressClass, readonly string[]>> = {
  private: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '239.0.0.0/8', 'fc00::/7', 'fec0::/10'],
  'link-local': ['169.254.0.0/16', 'fe80::/10'],
  loopback: ['127.0.0.0/8', '::1/128'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
}

/** Whether a network lies within the ranges of a class. Link-local addresses count as private too. */
export function isOfClass(network: IpNetwork, kind: AddressClass): boolean {
  const ranges = kind === 'private' ? [...RANGES.private, ...RANGES['link-local']] : RANGES[kind]
  return ranges.some((range) => IpNetwork.parse(range)?.contains(network) === true)
}

/** An address that the internet routes to. */
export function isPublic({ version, value }: IpNetwork): boolean {
  const host = new IpNetwork(version, value, WIDTH[version])
  const special = (['private', 'loopback', 'multicast'] as const).some((kind) => isOfClass(host, kind))
  return !special && !isPowerOfTwo((1n << BigInt(WIDTH[version])) - value) && !isPowerOfTwo(value + 1n)
}

/** Netmasks and host masks are one off a power of two. */
function isPowerOfTwo(number: bigint): boolean {
  return (number & number - 1n) === 0n
}
