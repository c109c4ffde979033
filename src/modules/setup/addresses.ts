/** A network interface as `ip addr show` tells it. */
export interface Interface {
  readonly name: string
  readonly mtu: number
  /** Those that come second in their networks behind the others. */
  readonly addresses: readonly InterfaceAddress[]
}

export interface InterfaceAddress {
  readonly family: 4 | 6
  readonly address: string
  readonly prefix: number
  readonly broadcast: string | undefined
  readonly scope: string
  /** Another of its network comes first; of IPv6, that it is only for a while. */
  readonly isSecondary: boolean
  /** Name of the alias: `eth0:1`, or the interface's own. */
  readonly label: string | undefined
}

export function parseAddresses(text: string): readonly Interface[] {
  return text.split(/^(?=\d+: )/m).flatMap((block) => {
    const [, name, mtu = '0'] = /^\d+: ([^:@\s]+)(?:@[^:\s]+)?: <[^>]*> mtu (\d+)/.exec(block) ?? []
    if (name === undefined) return []
    const addresses = block.split('\n').flatMap(parseAddress)
    return [{ name, mtu: Number(mtu), addresses: [...addresses.filter(({ isSecondary }) => !isSecondary), ...addresses.filter(({ isSecondary }) => isSecondary)] }]
  })
}

function parseAddress(line: string): readonly InterfaceAddress[] {
  const [, version, address, peer, prefix] = /^\s+(inet6?) ([^\s/]+)( peer \S+?)?(?:\/(\d+))?(?:\s|$)/.exec(line) ?? []
  if (address === undefined) return []
  const word = (pattern: RegExp): string | undefined => pattern.exec(line)?.[1]
  const shared = { address, broadcast: word(/ brd (\S+)/), scope: word(/ scope (\S+)/) ?? '', isSecondary: / (?:secondary|temporary)\b/.test(line) }
  if (version === 'inet6') return [{ ...shared, family: 6, prefix: Number(prefix ?? 128), label: undefined }]
  // who talks to a single peer is alone in its network
  const isAlone = peer !== undefined || prefix === undefined
  return [{ ...shared, family: 4, prefix: isAlone ? 32 : Number(prefix), label: word(/(\S+)\s*$/) }]
}

/** Netmask and network of an IPv4 address. */
export function networkOf(address: string, prefix: number): { readonly netmask: string, readonly network: string } {
  const mask = prefix === 0 ? 0 : (0xFFFFFFFF << (32 - prefix)) >>> 0
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return { netmask: dotted(mask), network: dotted((number & mask) >>> 0) }
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}
