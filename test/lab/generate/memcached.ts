import type { Site, Zone } from '../site/types.ts'
import { file, text, type HostFile } from './host-file.ts'

/** memcached of a zone's zoocassas, with keys that are loaded at the first boot. */
export const memcachedFiles = (site: Site, zone: Zone, server: number): readonly HostFile[] => [
  file('/etc/memcached.conf', text('# memcached of the platform', '-d', 'logfile /var/log/memcached.log', '-m 16', '-p 11211', '-u memcache', '-l 0.0.0.0', '-t 1', '-P /var/run/memcached/memcached.pid')),
  file('/lab/memcached.load', commands(site, zone, server)),
]

/** Keys by server: the client's hash spreads them, so no server holds all. */
export function memcachedKeys(zone: Zone, server: number): readonly string[] {
  const users = ['admin', 'usr-a1b2c3d4', 'usr-q9w8e7r6', 'usr-zz00yy11']
  const stale = users.map((user) => `Pitrix.Zone.Zone.UserZone.yunify.${user}.${zone.id}`)
  const kept = users.flatMap((user) => [`Pitrix.Zone.Zone.UserQuota.yunify.${user}`, `Pitrix.Account.User.${user}`])
  const near = ['Pitrix.Zone.Zone.UserZoneX.yunify.admin', 'Pitrix.Zone.Zone.UserZone.other.admin']
  return [...stale.filter((_, index) => index % 3 === server % 3 || index === 3), ...kept, ...near]
}

function commands(site: Site, zone: Zone, server: number): string {
  const stored = memcachedKeys(zone, server).map((key) => {
    const value = JSON.stringify({ key, console: site.console_id, zones: [zone.id] })
    return `set ${key} 0 0 ${value.length} noreply\r\n${value}\r\n`
  })
  return `${stored.join('')}quit\r\n`
}
