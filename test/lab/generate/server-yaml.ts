import { nodesWith, vipName } from '../site/load.ts'
import type { Node, Site, Zone } from '../site/types.ts'
import { text } from './host-file.ts'

/** server.yaml of a zone before the merge: the services' configuration, with comments that an edit must keep. */
export function serverYaml(site: Site, zone: Zone): string {
  return text(
    `# configuration of the services of zone ${zone.id}`,
    'common:',
    '  # addresses that users may always reach',
    '  public_user_services:',
    ...dnsAddresses(zone).map((address) => `    - '${address}/32'`),
    `  appcenter2_available_areas: "${areas(site, zone).join(',')}"`,
    `  zone_id: '${zone.id}'`,
    `  region_id: '${zone.side === 'new' ? site.region.id : ''}'`,
    `  console_id: '${site.console_id}'`,
    `  memcached_server: '${nodesWith(zone, 'zoocassa').map(({ name }) => `${name}:11211`).join(';')}'`,
    `  pg_host: '${vipName(zone, 'pgpool')}'   # pgpool, not a server`,
    '  resource_limits:',
    ...resourceLimits(site, zone),
    `    zones: '${areas(site, zone).join(',')}'`,
    ...(zone.side === 'new' ? zoneSettings(zone) : []),
    '  reserved_resource:',
    '    zones:',
    ...['bm_instance', 'cluster', 'instance', 'volume'].map((kind) => `      ${kind}: '${areas(site, zone).join(',')}'`),
    '',
    'pg_watcher:',
    '  interval: 10',
    '',
    'fg_server:',
    "  # whether new jobs wait; look for a second key of this name before changing it",
    '  disable_new_job: false',
    '  max_jobs: 200',
    `  servers: [${nodesWith(zone, 'webservice').map(({ name }) => name).join(', ')}]`,
    '',
    'compute_server:',
    '    disable_hyperpair_rescue: 0',
    '    enable_auto_healing: 1   # see the runbook',
    '',
    ...virtualGateways(site, zone),
  )
}

const dnsAddresses = (zone: Zone): readonly string[] => [zone.vips.dnsmaster ?? '', ...nodesWith(zone, 'dnsmaster').map(({ address }) => address)]

const areas = (site: Site, zone: Zone): readonly string[] => (zone.side === 'new' ? [site.region.id, zone.id] : [zone.id])

function resourceLimits(site: Site, zone: Zone): readonly string[] {
  const zones = [`        - '${zone.id}'`]
  const lists = ['bm_zones', 'neonsan_zones', 'public_zones'].flatMap((name) => [`      ${name}:`, ...zones])
  return [
    `    ${zone.side === 'new' ? site.region.id : zone.id}:`,
    ...(zone.side === 'new' ? lists : []),
    '      max_abuse_eip_cnt: 50',
    '      max_eip_bandwidth: 300',
    `      max_hc_volume_size: ${zone.side === 'new' ? 4000 : 5000}`,
    '      max_volume_size: 2000',
    '      min_abuse_eip_sec: 86400',
    "      valid_cpu_cores: '1, 2, 4, 8'",
    '      valid_cpu_memory_pairs:',
    "        !!int 1: '1024, 2048, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 40960,",
    "          49152, 65536'",
    "        !!int 2: '1024, 2048, 4096, 6144, 8192'",
    ...(zone.side === 'new' ? ['      zones:', ...zones] : []),
  ]
}

function zoneSettings(zone: Zone): readonly string[] {
  return [
    '  zone_settings:',
    `    ${zone.id}:`,
    '      backstore_replicas: 2',
    '      backstore_servers:',
    ...items(nodesWith(zone, 'snapshot')),
    "      backstore_type: 'disk'",
    `      fg_proxy: '${zone.id}-proxy'`,
    '      image_sources:',
    ...items(nodesWith(zone, 'seed')),
    '      virtual_gateways:',
    ...items(nodesWith(zone, 'vgateway')),
  ]
}

const items = (nodes: readonly Node[]): readonly string[] => nodes.map(({ name }) => `        - '${name}'`)

function virtualGateways(site: Site, zone: Zone): readonly string[] {
  return [
    '# one entry for each vgateway beside the global one',
    'virtual_gateway:',
    '  global:',
    '    has_eip_rule: 0',
    '    has_tc_rx: 1',
    '    has_tc_tx: 1',
    '    min_tc_rx: 10',
    '    pps_rx_alert: 100000',
    "    pps_rx_alert_action: 'warn'",
    '    rx_bandwidth_percent: 100',
    ...nodesWith(zone, 'vgateway').flatMap((node) => [
      `  ${node.name}:`,
      '    eips:',
      `      ${zone.eip_network}${node.eip_suffix ?? ''}: '${node.eip ?? ''}(.1)'`,
      `    mgmt_ip: '${node.address}'`,
      '    user_ip:',
      `      ${site.user_network}: '${node.address}'`,
    ]),
  ]
}
