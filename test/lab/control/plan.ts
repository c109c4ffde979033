import { chmodSync, cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { file, text, type HostFile } from '../generate/host-file.ts'
import { listenersOf } from '../generate/haproxy.ts'
import { isDatabaseNode } from '../generate/host.ts'
import { programsOf } from '../generate/supervisor.ts'
import { layersOf, type Seed } from '../seed/build-seed.ts'
import { stageFiles } from '../seed/stage.ts'
import { hostsOf, nameInRegion, postgresqlNodes, vipsOf } from '../site/load.ts'
import { networksOf, requireNetwork } from '../site/network.ts'
import type { Host, Site } from '../site/types.ts'
import type { LabPaths } from './paths.ts'

/** What the lab's directory says of a host. */
export interface PlannedHost {
  readonly name: string
  /** Its name once the zone is part of a region. */
  readonly nameInRegion: string
  readonly address: string
  readonly vips: readonly string[]
  readonly zone: string
  readonly roles: readonly string[]
  /** TCP ports that answer when the host is ready. */
  readonly ports: readonly number[]
  /** Those of them behind which other hosts answer. */
  readonly proxiedPorts: readonly number[]
  /** On a standby: the port of its primary. */
  readonly primaryPort?: number
}

/** Writes everything that a lab is booted from into its directory. */
export function writePlan(site: Site, seed: Seed, paths: LabPaths): void {
  const hosts = hostsOf(site)
  for (const folder of ['net', 'lower', 'hosts']) mkdirSync(join(paths.lab, folder), { recursive: true })
  stageFiles(paths.lab, [
    file('seed.json', `${JSON.stringify(seed)}\n`),
    file('hosts.json', `${JSON.stringify(hosts.map(planned), null, 1)}\n`),
    file('hosts.tsv', text(...hosts.map((host, index) => `${host.name}\tv${index}\t${bridgeOf(site, host)}`)).trimStart()),
    file('net.batch', networkBatch(site, hosts)),
    ...hosts.map((host) => file(`net/${host.name}.batch`, hostBatch(host))),
    ...hosts.map((host) => file(`lower/${host.name}`, `${lowerOf(seed, host)}\n`)),
    ...accessFiles(hosts, paths),
  ])
  cpSync(join(seed.folder, 'keys/lab'), join(paths.lab, 'key'))
  chmodSync(join(paths.lab, 'key'), 0o600)
  cpSync(join(seed.folder, 'keys/known_hosts'), join(paths.lab, 'known_hosts'))
}

function planned(host: Host): PlannedHost {
  return {
    name: host.name,
    nameInRegion: nameInRegion(host.zone, host.name),
    address: host.address,
    vips: host.node ? vipsOf(host.zone, host.node) : [],
    zone: host.zone.id,
    roles: host.roles,
    ports: portsOf(host),
    proxiedPorts: proxiedPortsOf(host),
    ...(isDatabaseNode(host) && host.node !== postgresqlNodes(host.zone)[0] ? { primaryPort: host.zone.postgresql.port } : {}),
  }
}

const proxiedPortsOf = (host: Host): readonly number[] => (host.roles.includes('proxy') ? listenersOf(host.zone).map(({ port }) => port) : [])

const portOfRole: Readonly<Record<string, number>> = { firstbox: 8000, dnsmaster: 53, zoocassa: 11211, pgpool: 9999 }

function portsOf(host: Host): readonly number[] {
  return [
    22,
    ...host.roles.flatMap((role) => portOfRole[role] ?? []),
    ...proxiedPortsOf(host),
    ...(isDatabaseNode(host) ? [host.zone.postgresql.port] : []),
    ...programsOf(host).flatMap(({ port }) => port ?? []),
  ]
}

const lowerOf = (seed: Seed, host: Host): string => [...layersOf(host).map((layer) => join(seed.folder, 'layers', layer)), seed.base].join(':')

const bridgeOf = (site: Site, host: Host): string => `br${site.zones.indexOf(host.zone)}`

/** One bridge a zone, with the routers of all its networks. */
function networkBatch(site: Site, hosts: readonly Host[]): string {
  return text(
    'link set lo up',
    ...site.zones.flatMap((zone, index) => [
      `link add br${index} type bridge forward_delay 0 mcast_snooping 0`,
      ...networksOf(zone).map(({ router, prefix }) => `addr add ${router}/${prefix} dev br${index}`),
      `link set br${index} up`,
    ]),
    ...hosts.map((host) => `netns add ${host.name}`),
    ...hosts.flatMap((host, index) => [`link add v${index} type veth peer name eth0 netns ${host.name}`, `link set v${index} master ${bridgeOf(site, host)} up`]),
  )
}

function hostBatch(host: Host): string {
  const { prefix, router } = requireNetwork(host.zone, host.address)
  const vips = host.node ? vipsOf(host.zone, host.node) : []
  return text(
    'link set lo up',
    'addr flush dev eth0',
    `addr add ${host.address}/${prefix} dev eth0`,
    ...vips.map((address) => `addr add ${address}/${requireNetwork(host.zone, address).prefix} dev eth0`),
    'link set eth0 up',
    `route replace default via ${router}`,
  )
}

function accessFiles(hosts: readonly Host[], { lab }: LabPaths): readonly HostFile[] {
  return [file('ssh_config', text(...hosts.flatMap((host) => sshEntry(host, lab))), 0o600)]
}

const sshEntry = (host: Host, lab: string): readonly string[] => [
  `Host ${[...new Set([host.name, nameInRegion(host.zone, host.name), host.address])].join(' ')}`,
  `  HostName ${host.address}`,
  '  Port 22',
  '  User root',
  `  IdentityFile ${join(lab, 'key')}`,
  '  IdentitiesOnly yes',
  `  UserKnownHostsFile ${join(lab, 'known_hosts')}`,
  '  StrictHostKeyChecking yes',
  '',
]
