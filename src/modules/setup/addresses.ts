/** A network interface as `ip addr show` tells it. */
export interface Interface {
  readonly name: string
  readonly flags: readonly string[]
  readonly mtu: number
  readonly mac: string | undefined
  readonly addresses: readonly InterfaceAddress[]
}

export interface InterfaceAddress {
  readonly family: 4 | 6
  readonly address: string
  readonly prefix: number
  readonly broadcast: string | undefined
  readonly scope: string
  /** Name of the alias: `eth0:1`, or the interface's own. */
  readonly label: string | undefined
}

export function parseAddresses(text: string): readonly Interface[] {
  return text.split(/^(?=\d+: )/m).flatMap((block) => {
    const [, name, flags = '', mtu = '0'] = /^\d+: ([^:@\s]+)(?:@[^:\s]+)?: <([^>]*)> mtu (\d+)/.exec(block) ?? []
    if (name === undefined) return []
    const mac = /^\s+link\/\S+ ([0-9a-f:]{11,})/m.exec(block)?.[1]
    return [{ name, flags: flags.split(','), mtu: Number(mtu), mac, addresses: block.split('\n').flatMap(parseAddress) }]
  })
}

function parseAddress(line: string): readonly InterfaceAddress[] {
  const [, version, address, prefix] = /^\s+(inet6?) ([^\s/]+)(?: peer \S+?)?(?:\/(\d+))?(?:\s|$)/.exec(line) ?? []
  if (address === undefined) return []
  const shared = { address, broadcast: / brd (\S+)/.exec(line)?.[1], scope: / scope (\S+)/.exec(line)?.[1] ?? '' }
  if (version === 'inet6') return [{ ...shared, family: 6, prefix: Number(prefix ?? 128), label: undefined }]
  return [{ ...shared, family: 4, prefix: Number(prefix ?? 32), label: /(\S+)\s*$/.exec(line)?.[1] }]
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
