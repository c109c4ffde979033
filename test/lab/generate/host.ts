import { nodesWith, postgresqlNodes } from '../site/load.ts'
import type { Host, Node, Site } from '../site/types.ts'
import { bindFiles } from './bind.ts'
import { cronFiles } from './cron.ts'
import { haproxyFile } from './haproxy.ts'
import { file, text, type HostFile } from './host-file.ts'
import { memcachedFiles } from './memcached.ts'
import { pgpoolFiles } from './pgpool.ts'
import { settingsFiles } from './settings.ts'
import { supervisorFiles } from './supervisor.ts'
import { variablesFiles } from './variables.ts'

/** Every generated file of a host, beside those that packages and databases bring. */
export function hostFiles(site: Site, host: Host): readonly HostFile[] {
  const { node } = host
  return [file('/etc/hostname', `${host.name}\n`), ...supervisorFiles(host), ...(node ? nodeFiles(site, host, node) : firstboxFiles(site, host))]
}

/** Services beside ssh, cron and supervisor that start at boot, in order. */
export function servicesOf(host: Host): readonly string[] {
  return [
    ...(isDatabaseNode(host) ? ['postgresql'] : []),
    ...host.roles.flatMap((role) => serviceOfRole[role] ?? []),
  ]
}

export const isDatabaseNode = (host: Host): boolean => host.node !== undefined && postgresqlNodes(host.zone).includes(host.node)

const serviceOfRole: Readonly<Record<string, string>> = { proxy: 'haproxy', dnsmaster: 'named', zoocassa: 'memcached', pgpool: 'pgpool2' }

function nodeFiles(site: Site, host: Host, node: Node): readonly HostFile[] {
  const { zone, roles } = host
  return [
    file('/etc/pitrix/roles', `${roles.join(',')}\n`),
    ...(roles.includes('proxy') ? [haproxyFile(zone)] : []),
    ...(roles.includes('dnsmaster') ? bindFiles(site, zone) : []),
    ...(roles.includes('pgpool') ? pgpoolFiles(zone) : []),
    ...(roles.includes('zoocassa') ? memcachedFiles(site, zone, nodesWith(zone, 'zoocassa').indexOf(node)) : []),
    ...cronFiles(zone, node),
  ]
}

function firstboxFiles(site: Site, host: Host): readonly HostFile[] {
  return [
    file('/pitrix/version', `${site.version}\n`),
    ...settingsFiles(site, host.zone),
    ...variablesFiles(site, host.zone),
    ...(host.zone.side === 'old' ? [file('/etc/hosts', staticHosts(site, host, site.zones[1].firstbox)), file('/lab/refresh-hosts', '')] : []),
  ]
}

/** The part of /etc/hosts that is no package's: the zone's firstbox, and whoever else. */
export function staticHosts(site: Site, { zone }: Pick<Host, 'zone'>, ...others: readonly { readonly name: string; readonly address: string }[]): string {
  const line = (name: string, address: string): string => `${address} ${name}.${site.mgmt_domain} ${name}`
  return text('127.0.0.1 localhost', line('firstbox', zone.firstbox.address), ...others.map(({ name, address }) => line(name, address)))
}
