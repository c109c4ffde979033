import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { digitsOf } from '../filters/hardware-address.ts'
import { itemsOf } from '../iterate.ts'
import { IpNetwork } from '../network/ip-network.ts'
import { IP_QUERIES } from '../network/ipaddr-queries.ts'
import type { Test } from '../types.ts'

/** Tests of network addresses: those of ansible.utils. */
export const NETWORK_TESTS: readonly (readonly [string, Test])[] = [
  ['ip', ([value = null]) => networkOf(value) !== undefined],
  ['ip_address', ([value = null]) => addressOf(value) !== undefined],
  ['ipv4', ([value = null]) => networkOf(value)?.version === 4],
  ['ipv6', ([value = null]) => networkOf(value)?.version === 6],
  ['ipv4_address', ([value = null]) => addressOf(value)?.version === 4],
  ['ipv6_address', ([value = null]) => addressOf(value)?.version === 6],
  ['ipv4_netmask', ([value = null]) => isMask(value, (bits) => /^1*0*$/.test(bits))],
  ['ipv4_hostmask', ([value = null]) => isMask(value, (bits) => /^0*1*$/.test(bits))],
  ['mac', ([value = null]) => digitsOf(textOf(value)) !== undefined],
  ['in_network', ([value = null, network]) => within(value, required(network, 'network'))],
  ['in_any_network', ([value = null, networks]) => itemsOf(required(networks, 'networks')).some((network) => within(value, network))],
  ['in_one_network', ([value = null, networks]) => itemsOf(required(networks, 'networks')).filter((network) => within(value, network)).length === 1],
  ['subnet_of', ([value = null, network]) => requireNetwork(required(network, 'network')).contains(requireNetwork(value))],
  ['supernet_of', ([value = null, network]) => requireNetwork(value).contains(requireNetwork(required(network, 'network')))],
  ...['loopback', 'multicast', 'private', 'public'].map((query): [string, Test] => [query, ([value = null]) => isOfKind(value, query)]),
]

function networkOf(value: Value): IpNetwork | undefined {
  const network = IpNetwork.parse(textOf(value))
  return network?.isNetworkAddress === true ? network : undefined
}

function addressOf(value: Value): IpNetwork | undefined {
  return textOf(value).includes('/') ? undefined : IpNetwork.parse(textOf(value))
}

function requireNetwork(value: Value): IpNetwork {
  const network = IpNetwork.parse(textOf(value))
  if (network !== undefined) return network
  throw new EvaluationError('filter-argument', `Cannot read '${textOf(value)}' as a network`)
}

function within(value: Value, network: Value): boolean {
  return requireNetwork(network).contains(requireNetwork(value))
}

function isMask(value: Value, fits: (bits: string) => boolean): boolean {
  const address = addressOf(value)
  return address?.version === 4 && fits(address.value.toString(2).padStart(32, '0'))
}

function isOfKind(value: Value, query: string): boolean {
  const network = networkOf(value)
  if (network === undefined) return false
  const answer = IP_QUERIES.get(query)?.({ network, value, hasPrefix: textOf(value).includes('/') })
  return answer !== undefined && answer !== false && answer !== null
}
