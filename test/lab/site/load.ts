import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { networkOf } from './network.ts'
import type { Host, Node, Site, VipKind, Zone } from './types.ts'

/** Reads a site description and checks what the generators rely on; throws with all problems at once. */
export function loadSite(file: string): Site {
  const site = parse(readFileSync(file, 'utf8')) as Site
  const problems = problemsOf(site)
  if (problems.length > 0) throw new Error(`Cannot use site ${file}: ${problems.join('; ')}`)
  return site
}

/** Every host of the site: per zone the firstbox, then its nodes. */
export function hostsOf(site: Site): readonly Host[] {
  return site.zones.flatMap((zone) => [
    { ...zone.firstbox, zone, roles: ['firstbox'] },
    ...zone.hosts.map((node) => ({ name: node.name, address: node.address, zone, roles: rolesOf(node), node })),
  ])
}

export const rolesOf = (node: Node): readonly string[] => node.role.split(',').map((role) => role.trim())

/** The nodes of a zone that have any of the roles. */
export function nodesWith(zone: Zone, ...roles: string[]): readonly Node[] {
  return zone.hosts.filter((node) => rolesOf(node).some((role) => roles.includes(role)))
}

/** The first node with the role; the site is wrong without one. */
export function firstNode(zone: Zone, ...roles: string[]): Node {
  const [node] = nodesWith(zone, ...roles)
  if (!node) throw new Error(`Zone ${zone.id} has no ${roles.join(' or ')}`)
  return node
}

/** VIPs that the node carries: those of the kinds whose first node it is. */
export function vipsOf(zone: Zone, node: Node): readonly string[] {
  return vipEntries(zone).flatMap(([kind, address]) => (nodesWith(zone, kind)[0] === node ? [address] : []))
}

export const vipEntries = (zone: Zone): readonly [VipKind, string][] => Object.entries(zone.vips) as [VipKind, string][]

/** Primary first, standby second. */
export const postgresqlNodes = (zone: Zone): readonly Node[] => [...nodesWith(zone, 'pgmaster'), ...nodesWith(zone, 'pgslave', 'pgserver')]

/** The host name a node has once the zone is part of a region: VMs get the zone's prefix. */
export function nameInRegion(zone: Zone, name: string): string {
  const node = zone.hosts.find((host) => host.name === name)
  return node?.on === undefined || name.startsWith(`${zone.id}-`) ? name : `${zone.id}-${name}`
}

/** The short name of a VIP before the merge. */
export const vipName = (zone: Zone, kind: VipKind): string => (zone.side === 'old' ? kind : `${zone.id}-${kind}`)

function problemsOf(site: Site): readonly string[] {
  const hosts = hostsOf(site)
  return [
    ...repeated(hosts.map((host) => host.name)).map((name) => `two hosts named ${name}`),
    ...repeated(hosts.map((host) => host.address)).map((address) => `two hosts at ${address}`),
    ...hosts.filter((host) => networkOf(host.zone, host.address) === undefined).map((host) => `no network of ${host.zone.id} holds ${host.name}`),
    ...hosts.filter((host) => host.node?.on !== undefined && !isPhysicalNode(host.zone, host.node.on)).map((host) => `${host.name} is on an unknown node`),
    ...(site.zones.map((zone) => zone.side).join() === 'old,new' ? [] : ['the zones must be one old, then one new']),
  ]
}

const isPhysicalNode = (zone: Zone, name: string): boolean => zone.hosts.some((node) => node.name === name && node.on === undefined)

const repeated = (names: readonly string[]): readonly string[] => names.filter((name, index) => names.indexOf(name) !== index)
