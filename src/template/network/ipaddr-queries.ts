import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { integer } from '../runtime/arithmetic.ts'
import { isOfClass, isPublic } from './classify.ts'
import type { IpNetwork } from './ip-network.ts'
import { addressText, reverseName } from './ip-text.ts'

export interface IpQuery {
  readonly network: IpNetwork
  /** Whether the text had a prefix. */
  readonly hasPrefix: boolean
  /** The text as it was given. */
  readonly value: Value
}

type Query = (query: IpQuery) => Value

const subnet: Query = ({ network }) => `${network.text(network.first)}/${network.prefix}`
const netAddress: Query = ({ network }) => network.text(network.first)
const hostMask: Query = ({ network }) => network.text(network.hostMask)
const addressWithPrefix: Query = ({ network }) => network.size > 2n && (network.isNetworkAddress || network.value === network.broadcast) ? false : network.toString()
const address: Query = ({ network }) => isHost(network) || network.version === 6 ? network.address : null
const toIpv4: Query = ({ network, value }) => network.version === 4 ? value : mappedIpv4(network)
const toIpv6: Query = ({ network, value }) => network.version === 6 ? value : `::ffff:${network.address}/${network.prefix + 96}`
const loopback: Query = ({ network, value }) => isOfClass(network, 'loopback') ? value : null

/** What `ipaddr('...')` can be asked. */
export const IP_QUERIES: ReadonlyMap<string, Query> = new Map<string, Query>([
  ['', ({ network, hasPrefix }) => hasPrefix ? network.toString() : network.address],
  ['address', address], ['ip', address],
  ['address/prefix', addressWithPrefix], ['gateway', addressWithPrefix], ['gw', addressWithPrefix], ['host/prefix', addressWithPrefix], ['hostnet', addressWithPrefix], ['router', addressWithPrefix],
  ['bool', () => true],
  ['broadcast', ({ network }) => network.size > 2n ? network.text(network.last) : null],
  ['cidr', ({ network }) => network.toString()],
  ['first_usable', (query) => usable(query, ([first]) => first)],
  ['last_usable', (query) => usable(query, ([, last]) => last)],
  ['range_usable', (query) => usableRange(query)],
  ['next_usable', (query) => neighbour(query, 1n)],
  ['previous_usable', (query) => neighbour(query, -1n)],
  ['host', ({ network }) => isHost(network) ? network.toString() : null],
  ['hostmask', hostMask], ['wildcard', hostMask],
  ['int', ({ network, hasPrefix }) => hasPrefix ? `${network.value}/${network.prefix}` : integer(network.value)],
  ['ip/prefix', ({ network }) => isHostOfNetwork(network) ? network.toString() : null],
  ['ip_netmask', ({ network }) => isHostOfNetwork(network) ? `${network.address} ${network.netmask}` : null],
  ['ipv4', toIpv4], ['v4', toIpv4],
  ['ipv6', toIpv6], ['v6', toIpv6],
  ['link-local', ({ network, value }) => isOfClass(network, 'link-local') ? value : null],
  ['lo', loopback], ['loopback', loopback],
  ['multicast', ({ network, value }) => isOfClass(network, 'multicast') ? value : null],
  ['unicast', ({ network, value }) => isOfClass(network, 'multicast') ? null : value],
  ['private', ({ network, value }) => isOfClass(network, 'private') ? value : null],
  ['public', ({ network, value }) => isPublic(network) ? value : null],
  ['net', (query) => query.network.size > 1n && query.network.isNetworkAddress ? subnet(query) : null],
  ['netmask', ({ network }) => network.netmask],
  ['network', netAddress], ['network_id', netAddress],
  ['network/prefix', subnet], ['subnet', subnet],
  ['network_netmask', ({ network }) => `${network.text(network.first)} ${network.netmask}`],
  ['network_wildcard', ({ network }) => `${network.text(network.first)} ${network.text(network.hostMask)}`],
  ['peer', peer],
  ['prefix', ({ network }) => network.prefix],
  ['revdns', ({ network }) => reverseName(network.value, network.version)],
  ['size', ({ network }) => integer(network.size)],
  ['size_usable', ({ network }) => network.size === 1n ? 0 : network.size === 2n ? 2 : integer(network.size - 2n)],
  ['type', ({ network }) => network.size > 1n && network.isNetworkAddress ? 'network' : 'address'],
  ['version', ({ network }) => network.version],
  ['wrap', ({ network, value, hasPrefix }) => network.version === 4 ? value : `[${network.address}]${hasPrefix ? `/${network.prefix}` : ''}`],
])

/** An address that can be a host's: alone, or not the first of its network. */
function isHost(network: IpNetwork): boolean {
  return network.size === 1n || !network.isNetworkAddress || network.broadcast === undefined
}

function isHostOfNetwork(network: IpNetwork): boolean {
  return network.size === 2n || network.size > 2n && !network.isNetworkAddress
}

function mappedIpv4(network: IpNetwork): Value {
  const isMapped = network.value >> 32n === 0xffffn || network.value >> 32n === 0n
  if (!isMapped) return false
  const value = network.value & 0xffffffffn
  return `${addressText(value, 4)}/${Math.max(0, network.prefix - 96)}`
}

function requireNetwork({ network, hasPrefix }: IpQuery): IpNetwork {
  if (!hasPrefix) throw new EvaluationError('filter-argument', `Cannot answer that for '${network.address}': it is no network`, 'Give the length of the prefix, as in 10.0.0.1/24')
  return network
}

function usable(query: IpQuery, pick: (range: readonly [bigint, bigint]) => bigint): Value {
  const network = requireNetwork(query)
  return network.usable === undefined ? null : network.text(pick(network.usable))
}

function usableRange(query: IpQuery): Value {
  const network = requireNetwork(query)
  return network.usable === undefined ? null : network.usable.map((value) => network.text(value)).join('-')
}

function neighbour(query: IpQuery, distance: bigint): Value {
  return usableNeighbour(requireNetwork(query), distance)
}

/** The usable address some places away, or None. */
export function usableNeighbour(network: IpNetwork, distance: bigint): Value {
  const value = network.value + distance
  if (network.usable === undefined || value < network.usable[0] || value > network.usable[1]) return null
  return network.text(value)
}

/** The other end of a point-to-point network. */
function peer(query: IpQuery): Value {
  const network = requireNetwork(query)
  if (network.size === 2n) return network.text(network.value ^ 1n)
  const isEnd = network.isNetworkAddress || network.value === network.last
  if (network.size !== 4n || isEnd) throw new EvaluationError('filter-argument', `Cannot find the peer of '${network.toString()}': it is no host of a point-to-point network`)
  return network.text(network.value ^ 3n)
}
