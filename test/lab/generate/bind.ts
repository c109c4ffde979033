import { nodesWith, vipEntries } from '../site/load.ts'
import type { Site, Zone } from '../site/types.ts'
import { file, text, type HostFile } from './host-file.ts'

/** /etc/bind of a zone's dnsmasters. The old zone also serves the domain itself and delegates the new zone. */
export function bindFiles(site: Site, zone: Zone): readonly HostFile[] {
  const [old] = site.zones
  const own = `${zone.id}.${site.domain}`
  return [
    file('/etc/bind/named.conf', namedConf(zone === old ? [own, site.domain] : [own])),
    file('/etc/bind/named.conf.options', options(zone, zone === old ? [] : dnsAddresses(old))),
    file(`/etc/bind/db.${own}`, zoneFile(own, zone)),
    ...(zone === old ? [file(`/etc/bind/db.${site.domain}`, domainFile(site))] : []),
  ]
}

function namedConf(zones: readonly string[]): string {
  return text('// configuration of the name server; options are in a file of their own', 'include "/etc/bind/named.conf.options";', 'include "/etc/bind/named.conf.default-zones";', ...zones.flatMap(zoneBlock))
}

const zoneBlock = (name: string): readonly string[] => [
  '',
  '# internal zone',
  `zone "${name}" {`,
  '    type master;',
  `    file "db.${name}";`,
  '',
  '    # only allow local update',
  '    allow-update { 127.0.0.1; };',
  '',
  '};',
]

function options(zone: Zone, forwarders: readonly string[]): string {
  return text(
    'acl "trusted" {',
    ...zone.dns_trusted.map((network) => `    ${network};`),
    '    localhost;',
    '};',
    '',
    'options {',
    '    directory "/etc/bind";',
    '    managed-keys-directory "/var/cache/bind";',
    '    dump-file "/var/cache/bind/named_dump.db";',
    '    listen-on { any; };',
    '    listen-on-v6 { none; };',
    '    allow-query { trusted; };',
    '    allow-recursion { trusted; };',
    '    recursion yes;',
    '    dnssec-validation no;',
    '    # what this zone does not know, the zone that holds the domain does',
    `    forwarders { ${forwarders.map((address) => `${address}; `).join('')}};`,
    ...(forwarders.length > 0 ? ['    forward only;'] : []),
    '};',
  )
}

const dnsAddresses = (zone: Zone): readonly string[] => nodesWith(zone, 'dnsmaster').map(({ address }) => address)

const header = (name: string, primary: string, serial: number): readonly string[] => [
  '$TTL 604800',
  `@   IN  SOA ns.${name}. root.${name}. (`,
  `            ${serial}   ; serial`,
  '            604800       ; refresh',
  '            86400        ; retry',
  '            2419200      ; expire',
  '            5 )          ; negative cache',
  `@   IN  NS  ns.${name}.`,
  `ns  IN  A   ${primary}`,
]

function zoneFile(name: string, zone: Zone): string {
  const proxy = zone.vips.proxy ?? ''
  return text(
    `; services of zone ${zone.id}`,
    ...header(name, zone.vips.dnsmaster ?? '', 2024052001),
    ...['api', 'console', 'ws', 'io', 'appcenter'].map((service) => `${service.padEnd(12)}IN  A   ${proxy}`),
    `*.store     IN  A   ${proxy}`,
    `www         IN  CNAME console.${name}.`,
    ...vipEntries(zone).map(([kind, address]) => `${`${kind}-vip`.padEnd(16)}IN  A   ${address}`),
    `info        IN  TXT "zone ${zone.id}"`,
  )
}

function domainFile(site: Site): string {
  const [old, fresh] = site.zones
  const delegated = `${fresh.id}.${site.domain}`
  return text(
    ...header(site.domain, old.vips.dnsmaster ?? '', 2024052002),
    `console     IN  A   ${old.vips.proxy ?? ''}`,
    '; the new zone has its own servers',
    ...dnsAddresses(fresh).flatMap((address, index) => [`${fresh.id}    IN  NS  ns${index}.${delegated}.`, `ns${index}.${fresh.id} IN A ${address}`]),
  )
}
