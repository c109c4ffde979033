import { rolesOf } from '../site/load.ts'
import { requireNetwork } from '../site/network.ts'
import type { Node, Site, Zone } from '../site/types.ts'
import { file, text, type HostFile } from './host-file.ts'

/** The settings files of a zone, as its firstbox keeps them. */
export const settingsFiles = (site: Site, zone: Zone): readonly HostFile[] =>
  zone.hosts.map((node) => file(`/pitrix/conf/settings/${node.name}`, settings(site, zone, node)))

function settings(site: Site, zone: Zone, node: Node): string {
  return text(
    '## Role',
    `role="${node.role}"`,
    '',
    '## Region',
    `is_region="${zone.side === 'new' ? '1' : '0'}"`,
    `region_id="${zone.side === 'new' ? site.region.id : ''}"`,
    `zone_id="${zone.id}"`,
    '',
    ...features(node),
    '',
    '## Firstbox',
    `firstbox_address="${zone.firstbox.address}"`,
    '',
    ...general(node),
    '',
    ...networks(site, zone, node),
    ...(node.on === undefined ? [] : ['', ...hypervisor(zone, node.on)]),
    ...(node.container_mode === undefined ? [] : ['', '## Hyper', `container_mode="${node.container_mode}"`]),
  )
}

function features(node: Node): readonly string[] {
  const gateway = rolesOf(node).includes('vgateway')
  const hyper = rolesOf(node).includes('hyper')
  return [
    '## Feature',
    `feature_vmnode="${onOff(node.on !== undefined)}"`,
    `feature_ksnode="${onOff(!gateway && !hyper)}"`,
    `feature_vgnode="${onOff(gateway)}"`,
    `feature_hypernode="${onOff(hyper)}"`,
    'feature_conntrack="off"',
  ]
}

function general(node: Node): readonly string[] {
  const virtual = node.on !== undefined
  return [
    '## General',
    'cpu_arch="x86_64"',
    `cpu_cores="${virtual ? 4 : 32}"`,
    `memory_size="${virtual ? 8000 : 128000}"`,
    'os_name="xenial"',
    'os_version="16.04.5"',
    `hostname="${node.name}"`,
  ]
}

function networks(site: Site, zone: Zone, node: Node): readonly string[] {
  const { netmask, router } = requireNetwork(zone, node.address)
  return [
    '## Mgmt Network',
    'mgmt_network_interface="eth0"',
    `mgmt_network_address="${node.address}"`,
    `mgmt_network_netmask="${netmask}"`,
    `mgmt_network_gateway="${router}"`,
    `mgmt_network_dns_servers="${zone.vips.dnsmaster ?? ''}"`,
    `mgmt_network_mac_address="${macOf(node.address)}"`,
    'mgmt_network_routing_rule=""',
    '',
    '## VM Network',
    `vm_network_routing_rule="ip route add ${site.user_network} src ${node.address} via ${router}"`,
  ]
}

function hypervisor(zone: Zone, name: string): readonly string[] {
  const physical = zone.hosts.find((node) => node.name === name)
  return ['## Host', `physical_host="${physical?.address ?? ''}"`, 'physical_host_network_interface="br0"', 'physical_host_eip_network_interface=""']
}

const onOff = (on: boolean): string => (on ? 'on' : 'off')

const macOf = (address: string): string =>
  `00:16:${address.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join(':')}`
