import { IpNetwork } from './ip-network.ts'
import { WIDTH } from './ip-text.ts'

/** The fewest networks that hold just these addresses. */
export function mergeNetworks(networks: readonly IpNetwork[]): IpNetwork[] {
  const sorted = networks.map(({ version, first, prefix }) => new IpNetwork(version, first, prefix)).sort(compare)
  const merged: IpNetwork[] = []
  for (const network of sorted) {
    if (merged.at(-1)?.contains(network) === true) continue
    merged.push(network)
    joinTail(merged)
  }
  return merged
}

/** The smallest network that holds them all. */
export function spanningNetwork(networks: readonly IpNetwork[]): IpNetwork | undefined {
  const [first] = [...networks].sort(compare)
  if (first === undefined) return undefined
  for (let { prefix } = first; prefix >= 0; prefix--) {
    const candidate = new IpNetwork(first.version, first.value >> BigInt(WIDTH[first.version] - prefix) << BigInt(WIDTH[first.version] - prefix), prefix)
    if (networks.every((network) => candidate.contains(network))) return candidate
  }
  return undefined
}

function compare(left: IpNetwork, right: IpNetwork): number {
  if (left.version !== right.version) return left.version - right.version
  if (left.first !== right.first) return left.first < right.first ? -1 : 1
  return left.prefix - right.prefix
}

/** Two halves of a network become that network, again and again. */
function joinTail(merged: IpNetwork[]): void {
  for (;;) {
    const [left, right] = merged.slice(-2)
    if (left === undefined || right === undefined || left.prefix !== right.prefix || left.version !== right.version) return
    const parent = new IpNetwork(left.version, left.value, left.prefix - 1)
    if (!parent.isNetworkAddress || !parent.contains(right)) return
    merged.splice(-2, 2, parent)
  }
}
