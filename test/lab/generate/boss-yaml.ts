import { nodesWith, vipName } from '../site/load.ts'
import type { Site, Zone } from '../site/types.ts'
import { text } from './host-file.ts'

/** Configuration of the operators' console, in zones that have one. */
export function bossFiles(site: Site, zone: Zone): readonly { readonly name: string; readonly content: string }[] {
  if (nodesWith(zone, 'boss').length === 0) return []
  return [
    { name: 'boss', content: bossYaml(site, zone) },
    { name: 'web', content: webYaml(site) },
  ]
}

const bossYaml = (site: Site, zone: Zone): string =>
  text(
    '# the boss service',
    'boss:',
    "  url: 'http://boss:9000'   # the VIP",
    `  console_id: '${site.console_id}'`,
    '  api:',
    `    host: ${vipName(zone, 'webservice')}`,
    '    port: 7777',
    '  database:',
    `    host: '${vipName(zone, 'pgpool')}'`,
    '    port: 9999',
    `    password: '${zone.postgresql.password}'`,
    '  cache:',
    `    servers: ["${vipName(zone, 'zoocassa')}:11211"]`,
  )

const webYaml = (site: Site): string =>
  text('web:', `  title: '${site.console_id} boss'`, "  # not a host name: the bossy theme stays as it is", "  theme: 'bossy'", "  upstream: 'boss:9000'", "  webservice: 'webservice:8565'")
