import type { JsonObject } from '../../value/value.ts'
import { escapeRegExp } from './escape-reg-exp.ts'
import { networkOf, parseAddresses, type Interface, type InterfaceAddress } from './addresses.ts'
import type { RawFacts } from './raw-facts.ts'

/** `interfaces`, one fact an interface and a label, `default_ipv4`, `default_ipv6`, `all_ipv4_addresses`, `all_ipv6_addresses`, `locally_reachable_ips`. */
export function networkFacts(raw: RawFacts): JsonObject {
  const interfaces = parseAddresses(raw.part('addresses'))
  const addresses = interfaces.flatMap(({ addresses: own }) => own)
  const named = [...interfaces.map((one) => [one.name, interfaceFacts(raw, one)] as const), ...interfaces.flatMap(labelFacts)]
  return {
    interfaces: named.map(([name]) => name.replaceAll(':', '_')),
    ...Object.fromEntries(named.map(([name, facts]) => [name.replace(/[-:]/g, '_'), facts])),
    all_ipv4_addresses: addresses.filter(({ family, address }) => family === 4 && !address.startsWith('127.')).map(({ address }) => address),
    all_ipv6_addresses: addresses.filter(({ family, address }) => family === 6 && address !== '::1').map(({ address }) => address),
    default_ipv4: defaultFacts(raw, interfaces, { part: 'route4', family: 4 }),
    default_ipv6: defaultFacts(raw, interfaces, { part: 'route6', family: 6 }),
    locally_reachable_ips: reachableFacts(raw),
  }
}

/** An address with a label of its own (`eth0:1`) counts as one of an interface that is called so; of several the last one. */
function labelFacts({ name, addresses }: Interface): readonly (readonly [string, JsonObject])[] {
  return addresses.flatMap((one) => {
    if (one.family === 6 || one.label === undefined || one.label === name) return []
    return [[one.label, one.isSecondary ? { ipv4_secondaries: [ipv4Facts(one)] } : { ipv4: ipv4Facts(one) }] as const]
  })
}

/** Addresses and networks that lead to the host itself, by its table of local routes. */
function reachableFacts(raw: RawFacts): JsonObject {
  const places = [...new Set([...raw.part('local').matchAll(/^local (\S+)/gm)].map(([, place = '']) => place))]
  return { ipv4: places.filter((place) => !place.includes(':')), ipv6: places.filter((place) => place.includes(':')) }
}

function interfaceFacts(raw: RawFacts, one: Interface): JsonObject {
  const read = (path: string) => raw.file(`/sys/class/net/${one.name}/${path}`)
  const [speed, mac, hardware] = [read('speed'), hardwareAddress(raw, one.name), read('bonding_slave/perm_hwaddr')]
  return {
    device: one.name, mtu: one.mtu, active: read('operstate') !== 'down', promisc: (Number(read('flags') ?? 0) & PROMISCUOUS) > 0, type: interfaceType(raw, one.name),
    ...mac !== undefined && { macaddress: mac },
    ...hardware !== undefined && { perm_macaddress: hardware },
    ...speed !== undefined && { speed: Number(speed) },
    ...addressFacts(one),
    ...cardFacts(raw, one.name),
    ...groupFacts(raw, one.name),
  }
}

/** Its first address, and all that come second; further ones with a label are the label's alone. */
function addressFacts({ name, addresses }: Interface): JsonObject {
  const four = addresses.filter(({ family, label, isSecondary }) => family === 4 && (isSecondary || label === name))
  const first = four.find(({ isSecondary }) => !isSecondary)
  const others = four.filter((one) => one !== first)
  const six = addresses.filter(({ family }) => family === 6)
  return {
    ...first !== undefined && { ipv4: ipv4Facts(first) },
    ...others.length > 0 && { ipv4_secondaries: others.map(ipv4Facts) },
    ...six.length > 0 && { ipv6: six.map(({ address, prefix, scope }) => ({ address, prefix: String(prefix), scope })) },
  }
}

/** A flag of the kernel's: it listens to what is for others, too. */
const PROMISCUOUS = 0x100

function hardwareAddress(raw: RawFacts, name: string): string | undefined {
  const address = raw.file(`/sys/class/net/${name}/address`)
  return address === '00:00:00:00:00:00' ? undefined : address
}

/** Where the card is plugged in, and its driver. */
function cardFacts(raw: RawFacts, name: string): JsonObject {
  const behind = (path: string): string | undefined => raw.links(new RegExp(`^/sys/class/net/${escapeRegExp(name)}/${path}$`))[0]?.[1].replace(/^.*\//, '')
  const [pciid, module] = [behind('device'), behind('device/driver/module')]
  return { ...pciid === undefined ? {} : { pciid }, ...module === undefined ? {} : { module } }
}

function ipv4Facts({ address, prefix, broadcast }: InterfaceAddress): JsonObject {
  return { address, broadcast: broadcast ?? '', ...networkOf(address, prefix), prefix: String(prefix) }
}

const TYPES: Readonly<Record<string, string>> = { 1: 'ether', 32: 'infiniband', 512: 'ppp', 772: 'loopback', 65534: 'tunnel' }

function interfaceType(raw: RawFacts, name: string): string {
  if (raw.file(`/sys/class/net/${name}/bridge/bridge_id`) !== undefined) return 'bridge'
  if (raw.file(`/sys/class/net/${name}/bonding/mode`) !== undefined) return 'bonding'
  return TYPES[raw.file(`/sys/class/net/${name}/type`) ?? ''] ?? 'unknown'
}

// Bridges and bonds.
function groupFacts(raw: RawFacts, name: string): JsonObject {
  const read = (path: string) => raw.file(`/sys/class/net/${name}/${path}`)
  const [bridge, mode, primary] = [read('bridge/bridge_id'), read('bonding/mode'), read('bonding/primary')]
  return {
    ...bridge === undefined ? {} : { id: bridge, stp: read('bridge/stp_state') === '1', interfaces: raw.links(new RegExp(`^/sys/class/net/${escapeRegExp(name)}/brif/(.+)$`)).map(([[, port = '']]) => port) },
    ...mode !== undefined && {
      ...primary !== undefined && { primary, all_slaves_active: read('bonding/all_slaves_active') === '1' },
      mode: mode.split(' ')[0] ?? '', miimon: read('bonding/miimon') ?? '', lacp_rate: (read('bonding/lacp_rate') ?? '').split(' ')[0] ?? '',
      slaves: (read('bonding/slaves') ?? '').split(' ').filter((slave) => slave !== ''),
    },
  }
}

function defaultFacts(raw: RawFacts, interfaces: readonly Interface[], { part, family }: { readonly part: string, readonly family: 4 | 6 }): JsonObject {
  const route = raw.part(part)
  const word = (name: string) => new RegExp(`\\b${name} (\\S+)`).exec(route)?.[1]
  const one = interfaces.find(({ name }) => name === word('dev'))
  const address = one?.addresses.find((own) => own.address === word('src'))
  if (one === undefined) return {}
  const gateway = word('via')
  const place = { interface: one.name, ...gateway !== undefined && { gateway }, address: word('src') ?? '' }
  if (address === undefined) return place
  const behind = { ...place, mtu: one.mtu, type: interfaceType(raw, one.name), macaddress: hardwareAddress(raw, one.name) ?? '' }
  if (family === 6) return { ...behind, prefix: String(address.prefix), scope: address.scope }
  return { ...behind, ...ipv4Facts(address), alias: address.label ?? one.name }
}
