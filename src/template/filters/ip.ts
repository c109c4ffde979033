import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import { bind, numberArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import { IpNetwork } from '../network/ip-network.ts'
import { type IpVersion, WIDTH } from '../network/ip-text.ts'
import { IP_QUERIES, type IpQuery, usableNeighbour } from '../network/ipaddr-queries.ts'
import { hardwareAddress } from './hardware-address.ts'
import { mergeNetworks, spanningNetwork } from '../network/merge-networks.ts'
import type { Filter } from '../types.ts'
import { subnetOf } from '../network/subnets.ts'

/** Filters of network addresses: those of ansible.utils. */
export const IP_FILTERS: readonly (readonly [string, Filter])[] = [
  ['ipaddr', addressFilter(undefined)],
  ['ipv4', addressFilter(4)],
  ['ipv6', addressFilter(6)],
  ['ipwrap', ([value = null]) => wrapAll(value)],
  ['nthhost', ([value = null, index]) => nthHost(value, index)],
  ['ipmath', ([value = null, amount]) => moved(value, numberArgument(required(amount, 'amount'), 0))],
  ['ipsubnet', (args, named) => subnetFilter(bind(['value', 'query', 'index'], args, named))],
  ['next_nth_usable', ([value = null, offset]) => nthUsable(value, BigInt(numberArgument(offset, 0)))],
  ['previous_nth_usable', ([value = null, offset]) => nthUsable(value, -BigInt(numberArgument(offset, 0)))],
  ['network_in_network', ([outer = null, inner]) => requireNetwork(outer).contains(requireNetwork(required(inner, 'test')))],
  ['ips_in_ranges', ([ips = null, ranges]) => itemsOf(ips).some((ip) => itemsOf(required(ranges, 'ranges')).some((range) => requireNetwork(range).contains(requireNetwork(ip))))],
  ['ip4_hex', ([value = null, delimiter]) => textOf(value).split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join(textArgument(delimiter, ''))],
  ['hwaddr', hardwareAddress],
  ['macaddr', hardwareAddress],
  ['cidr_merge', ([value = null, action]) => mergeFilter(itemsOf(value), textArgument(action, 'merge'))],
  ['reduce_on_network', ([value = null, network]) => itemsOf(value).filter((each) => requireNetwork(required(network, 'network')).contains(requireNetwork(each)))],
]

function addressFilter(version: IpVersion | undefined): Filter {
  return (args, named) => {
    const bound = bind(['value', 'query', 'version', 'alias'], args, named)
    const wanted = version ?? (bound.version === undefined || bound.version === false ? undefined : numberArgument(bound.version, 4))
    return ask(bound.value ?? null, textArgument(bound.query, ''), wanted)
  }
}

/** The answer for one address, or the answers for those of a list that have one. */
function ask(value: Value, query: string, version: number | undefined): Value {
  if (Array.isArray(value) || value instanceof Tuple) return itemsOf(value).map((item) => ask(item, query, version)).filter(isTrue)
  const asked = readValue(value)
  if (asked === undefined || version !== undefined && asked.network.version !== version) return false
  const answer = IP_QUERIES.get(query)
  return answer === undefined ? askOther(asked, query) : answer(asked)
}

/** Numbers are addresses too. */
function readValue(value: Value): IpQuery | undefined {
  const text = value === null || typeof value === 'boolean' ? '' : textOf(value)
  if (/^\d+$/.test(text)) return readNumber(BigInt(text))
  const network = IpNetwork.parse(text)
  return network === undefined ? undefined : { network, value, hasPrefix: text.includes('/') }
}

function readNumber(number: bigint): IpQuery | undefined {
  const version = number < 1n << 32n ? 4 : 6
  if (number >= 1n << 128n) return undefined
  const network = new IpNetwork(version, number, WIDTH[version])
  return { network, value: network.toString(), hasPrefix: false }
}

/** A network asks whether the address is in it, a number for that address of the network. */
function askOther(asked: IpQuery, query: string): Value {
  const { network, value, hasPrefix } = asked
  if (/^-?\d+$/.test(query)) {
    if (network.size === 1n) return hasPrefix ? network.toString() : network.address
    const host = hostAt(network, BigInt(query))
    return host === undefined ? false : `${host}/${network.prefix}`
  }
  const outer = IpNetwork.parse(query)
  if (outer === undefined) throw new EvaluationError('filter-argument', `Cannot answer '${query}' for an address`, `Known are: ${[...IP_QUERIES.keys()].filter((each) => each !== '').join(', ')}, a network, or a number`)
  return outer.contains(network) ? value : null
}

function hostAt(network: IpNetwork, index: bigint): string | undefined {
  const value = index < 0n ? network.last + 1n + index : network.first + index
  return value < network.first || value > network.last ? undefined : network.text(value)
}

function wrapAll(value: Value): Value {
  if (Array.isArray(value)) return value.map(wrapAll)
  const asked = readValue(value)
  return asked === undefined ? value : IP_QUERIES.get('wrap')?.(asked) ?? value
}

function nthHost(value: Value, index: Value | undefined): Value {
  const asked = readValue(value)
  if (asked === undefined || index === undefined || !isTrue(index)) return false
  return hostAt(asked.network, BigInt(numberArgument(index, 0))) ?? false
}

function requireNetwork(value: Value): IpNetwork {
  const asked = readValue(value)
  if (asked === undefined) throw new EvaluationError('filter-argument', `Cannot read '${textOf(value)}' as an address`)
  return asked.network
}

function moved(value: Value, amount: number): Value {
  const network = requireNetwork(value)
  return network.text(network.value + BigInt(amount))
}

function nthUsable(value: Value, distance: bigint): Value {
  const asked = readValue(value)
  return asked === undefined ? false : usableNeighbour(asked.network, distance)
}

function subnetFilter({ value, query, index }: { readonly value: Value | undefined, readonly query: Value | undefined, readonly index: Value | undefined }): Value {
  const asked = readValue(value ?? null)
  if (asked === undefined) return false
  return subnetOf(asked.network, textArgument(query, ''), index === undefined || index === null ? undefined : numberArgument(index, 0))
}

function mergeFilter(values: readonly Value[], action: string): Value {
  const networks = values.map(requireNetwork)
  if (action === 'merge') return mergeNetworks(networks).map(String)
  if (action === 'span') return spanningNetwork(networks)?.toString() ?? null
  throw new EvaluationError('filter-argument', `Cannot merge networks by '${action}': merge or span was expected`)
}
