import { nodesWith } from '../../site/load.ts'
import { addressIn } from '../../site/network.ts'
import type { Site, Zone } from '../../site/types.ts'
import { sharedTables } from './shared.ts'
import { id, moment, rowsOf, textAt, userAt, type Cell, type Row, type Table } from './table.ts'

/** Rows of database zone, those shared with the other zone included. Order follows the foreign keys. */
export function zoneTables(site: Site, zone: Zone): readonly Table[] {
  const shared = sharedTables(site, zone)
  return [...serviceTables(zone), ...resourceTables(zone)].map(({ name, rows }) => ({ name, rows: [...(shared[name] ?? []), ...rows] }))
}

function serviceTables(zone: Zone): readonly Table[] {
  const servers = nodesWith(zone, 'webservice').map(({ name }) => name)
  const server = (index: number): string => servers[index % servers.length] ?? ''
  return [
    { name: 'scheduler', rows: rowsOf(3 * servers.length, (index) => ({ scheduler_id: id('sch', zone.code, index), task_type: index % 2 ? 'snapshot' : 'auto_start', handle_server: server(index), next_run: moment(index) })) },
    { name: 'alarm_policy', rows: rowsOf(2 * servers.length + 1, (index) => ({ alarm_policy_id: id('alp', zone.code, index), name: textAt(index), group_id: index === 0 ? 'default' : server(index), rules: JSON.stringify([{ meter: 'cpu', above: 80 + index, note: textAt(index + 4) }]) })) },
    { name: 'hyper', rows: nodesWith(zone, 'hyper').map((node) => ({ hyper_id: node.name, zone_id: zone.id, mgmt_ip: node.address, status: 'active', cpu_cores: 32, memory_mb: 128000 })) },
    { name: 'image', rows: rowsOf(2, (index) => ({ image_id: id('img', zone.code, index), name: textAt(index + 7), provider: 'self', size_gb: 20, create_time: moment(index) })) },
    { name: 'service_ip_pool', rows: rowsOf(zone.rows.service_ip_pool ?? 0, (index) => ({ ip_addr: addressIn(zone.networks[0]?.network ?? '', 128 + index), vxnet_id: '', status: index % 4 ? 'available' : 'used' })) },
  ]
}

function resourceTables(zone: Zone): readonly Table[] {
  const count = (name: string): number => zone.rows[name] ?? 0
  const table = (name: string, row: (index: number) => Row): Table => ({ name, rows: rowsOf(count(name), row) })
  const instance = (index: number): Cell => (index < count('instance') ? id('i', zone.code, index) : null)
  const gateways = nodesWith(zone, 'vgateway')
  return [
    table('vxnet', (index) => ({ vxnet_id: id('vx', zone.code, index), name: textAt(index), owner: userAt(index), vni: zone.code * 1000 + index, network: index % 3 ? `192.168.${index}.0/24` : null })),
    table('router', (index) => ({ router_id: id('rtr', zone.code, index), owner: userAt(index), vgateway: gateways[index % gateways.length]?.name ?? '', config: textAt(index + 2) })),
    table('security_group', (index) => ({ security_group_id: id('sg', zone.code, index), owner: userAt(index), rules: `{"tcp:22","udp:${index}","with, comma","quote \\" inside"}` })),
    table('keypair', (index) => ({ keypair_id: id('kp', zone.code, index), owner: userAt(index), fingerprint: `\\x00ff${index.toString(16).padStart(4, '0')}275c0a` })),
    table('instance', (index) => ({ instance_id: id('i', zone.code, index), name: textAt(index), owner: userAt(index), image_id: 'xenial4x64a', hyper_id: index % 5 ? (nodesWith(zone, 'hyper')[0]?.name ?? null) : null, status: index % 7 ? 'running' : 'stopped', vcpus: 1 + (index % 4), memory_mb: 1024 * (1 + (index % 8)), user_data: index % 3 ? textAt(index + 5) : null, create_time: `${moment(index)}+08` })),
    table('volume', (index) => ({ volume_id: id('vol', zone.code, index), name: textAt(index + 1), instance_id: instance(index), size_gb: 10 * (1 + (index % 20)), price: index % 4 ? index * 1.25 : null })),
    table('eip', (index) => ({ eip_id: id('eip', zone.code, index), address: addressIn(zone.eip_network, 10 + index), instance_id: index % 2 ? instance(index) : null, bandwidth: 4, associated: index % 2 === 1 })),
    { name: 'attached_nic', rows: rowsOf(Math.min(count('instance'), count('vxnet')), (index) => ({ instance_id: id('i', zone.code, index), vxnet_id: id('vx', zone.code, index), private_ip: `192.168.${index}.2` })) },
    { name: 'resource_tag', rows: rowsOf(10, (index) => ({ resource_id: id('i', zone.code, index), tag_key: textAt(index + 7), tag_value: textAt(index) })) },
    table('job', (index) => ({ job_id: id('j', zone.code, index), action: 'RunInstances', directive: JSON.stringify({ zone: zone.id, name: textAt(index) }), status: 'successful', seconds: index / 7 })),
    table('alert_event', (index) => ({ event_id: zone.code * 1_000_000 + index, alarm_policy_id: id('alp', zone.code, 1), message: textAt(index), raised: moment(index) })),
  ]
}
