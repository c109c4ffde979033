import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { IpNetwork } from './ip-network.ts'
import { WIDTH } from './ip-text.ts'

/**
 * The `ipsubnet` filter: how many subnets of a size there are, one of them, the network of a size around an address, or the
 * place of the network among the subnets of another.
 */
export function subnetOf(given: IpNetwork, query: string, index: number | undefined): Value {
  const network = new IpNetwork(given.version, given.first, given.prefix)
  if (query === '') return network.toString()
  if (!/^\d+$/.test(query)) return placeIn(network, query)
  const prefix = Number(query)
  if (prefix > WIDTH[network.version]) return false
  return network.size === 1n ? supernet(network, prefix, index) : subnet(network, prefix, index)
}

function supernet(network: IpNetwork, prefix: number, index = 0): Value {
  const lengths = Array.from({ length: network.prefix - prefix }, (_, step) => prefix + step)
  const length = lengths.at(index)
  if (length === undefined) return false
  const outer = new IpNetwork(network.version, network.value, length)
  return `${network.text(outer.first)}/${length}`
}

function subnet(network: IpNetwork, prefix: number, index: number | undefined): Value {
  const bits = prefix - network.prefix
  if (bits < 0) throw new EvaluationError('filter-argument', `Cannot find subnets of /${prefix} in '${network.toString()}': they are larger`)
  const count = 2n ** BigInt(bits)
  if (index === undefined) return String(count)
  const at = index < 0 ? BigInt(index) + count : BigInt(index)
  if (at < 0n || at >= count) return false
  return `${network.text(network.first + (at << BigInt(WIDTH[network.version] - prefix)))}/${prefix}`
}

/** Counted from one. */
function placeIn(network: IpNetwork, query: string): Value {
  const outer = IpNetwork.parse(query)
  if (outer === undefined) return false
  if (!outer.contains(network)) throw new EvaluationError('filter-argument', `Cannot find '${network.toString()}' in '${query}'`)
  return String((network.first - outer.first >> BigInt(WIDTH[network.version] - network.prefix)) + 1n)
}
