import { nodesWith, postgresqlNodes, vipName } from '../site/load.ts'
import type { Zone } from '../site/types.ts'
import { text } from './host-file.ts'

/** postgresql.yaml of a zone: how services reach its databases. */
export function postgresqlYaml(zone: Zone): string {
  const { user, password, port } = zone.postgresql
  return text(
    `# database access of zone ${zone.id}`,
    'postgresql:',
    `  host: '${vipName(zone, 'pgpool')}'`,
    '  port: 9999',
    `  user: '${user}'`,
    '  # must be the same in all zones of a region',
    `  password: '${password}'`,
    '  servers:',
    ...postgresqlNodes(zone).map(({ name }) => `    - '${name}:${port}'`),
  )
}

/** cache.yaml of a zone: memcached and zookeeper servers by host name. */
export function cacheYaml(zone: Zone): string {
  const names = nodesWith(zone, 'zoocassa').map(({ name }) => name)
  return text(
    'cache:',
    `  # the VIP is ${vipName(zone, 'zoocassa')}`,
    `  memcached_servers: '${names.map((name) => `${name}:11211`).join(';')}'`,
    `  zookeeper_servers: '${names.map((name) => `${name}:2181`).join(',')}'`,
    '  cassandra_servers:',
    ...names.map((name) => `    - ${name}  # port 9160`),
  )
}
