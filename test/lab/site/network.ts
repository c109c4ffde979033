import type { Zone } from './types.ts'

export interface Network {
  readonly network: string
  readonly router: string
  readonly prefix: number
  readonly netmask: string
}

/** The zone's network that holds the address. */
export function networkOf(zone: Zone, address: string): Network | undefined {
  return zone.networks.map(describe).find(({ network }) => contains(network, address))
}

/** As networkOf, for addresses that the site's checks have seen. */
export function requireNetwork(zone: Zone, address: string): Network {
  const network = networkOf(zone, address)
  if (!network) throw new Error(`No network of ${zone.id} holds ${address}`)
  return network
}

/** Networks of a zone with their prefix lengths and netmasks. */
export const networksOf = (zone: Zone): readonly Network[] => zone.networks.map(describe)

/** `10.0.0.1` for `10.0.0.0/24` and 1. */
export function addressIn(network: string, offset: number): string {
  return dotted(number(network.split('/')[0] ?? '') + offset)
}

function describe({ network, router }: { network: string; router: string }): Network {
  const prefix = prefixOf(network)
  return { network, router, prefix, netmask: dotted(maskOf(prefix)) }
}

function contains(network: string, address: string): boolean {
  const mask = maskOf(prefixOf(network))
  return (number(network.split('/')[0] ?? '') & mask) === (number(address) & mask)
}

const prefixOf = (network: string): number => Number(network.split('/')[1])
const maskOf = (prefix: number): number => (prefix === 0 ? 0 : -1 << (32 - prefix))
const number = (address: string): number => address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0)
const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
