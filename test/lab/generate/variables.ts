import { firstNode, vipEntries } from '../site/load.ts'
import { networksOf } from '../site/network.ts'
import type { Site, Zone } from '../site/types.ts'
import { bossFiles } from './boss-yaml.ts'
import { cacheYaml, postgresqlYaml } from './service-yaml.ts'
import { file, text, type HostFile } from './host-file.ts'
import { serverYaml } from './server-yaml.ts'

/** What a firstbox keeps in /pitrix/conf/variables. */
export function variablesFiles(site: Site, zone: Zone): readonly HostFile[] {
  const variables = '/pitrix/conf/variables'
  return [
    file(`${variables}/variables.yaml`, variablesYaml(site, zone)),
    file(`${variables}/hosts`, extraHosts(site, zone)),
    file(`${variables}/global/server.yaml.${zone.id}`, serverYaml(site, zone)),
    file(`${variables}/global/postgresql.yaml.${zone.id}`, postgresqlYaml(zone)),
    file(`${variables}/global/cache.yaml.${zone.id}`, cacheYaml(zone)),
    ...bossFiles(site, zone).map(({ name, content }) => file(`${variables}/boss2/${name}.yaml.${zone.id}`, content)),
  ]
}

function variablesYaml(site: Site, zone: Zone): string {
  const isNew = zone.side === 'new'
  return text(
    '# variables of the installer: common ones, then a section for each zone',
    'common:',
    '  ssh_port: 22',
    `  firstbox_address: '${zone.firstbox.address}'`,
    "  cloud_type: 'private'",
    `  domain: '${site.domain}'`,
    `  mgmt_domain: '${site.mgmt_domain}'`,
    '  # 1 if the zones of this cloud form a region',
    `  is_region: ${isNew ? 1 : 0}`,
    `  region_id: '${isNew ? site.region.id : ''}'`,
    `  console_id: '${site.console_id}'`,
    `  console_name: '${site.console_id}'`,
    "  site_protocol: 'http'",
    '  zone_ids:',
    `    - '${zone.id}'`,
    '',
    `${zone.id}:`,
    `  zone_code: ${zone.code}`,
    `  is_global_zone: ${isNew ? 0 : 1}`,
    `  deploy_boss: ${zone.vips.boss === undefined ? 0 : 1}`,
    `  deploy_cronus: ${isNew ? 0 : 1}`,
    '  mgmt_networks:',
    ...networksOf(zone).map(({ network }) => `    - '${network}'`),
    '  # addresses that move between the nodes of a kind',
    '  vip_addresses:',
    ...vipEntries(zone).map(([kind, address]) => `    ${kind}: '${address}'`),
    ...ntpServers(zone),
    `  eip_network: '${zone.eip_network}'`,
  )
}

function ntpServers(zone: Zone): readonly string[] {
  const [first, second] = zone.hosts.filter((node) => node.on === undefined)
  return [
    `  ntp_server_address: '${(first ?? firstNode(zone, 'pgserver')).address}'`,
    ...(second ? [`  ntp_backup_address: '${second.address}'`] : []),
  ]
}

function extraHosts(site: Site, zone: Zone): string {
  const first = firstNode(zone, 'pgmaster', 'pgserver')
  return text('# lines for the /etc/hosts of every node, beside those that come from settings', `${first.address} mirror-${zone.id}.${site.mgmt_domain} mirror-${zone.id}`)
}
