import { postgresqlNodes } from '../site/load.ts'
import { networksOf } from '../site/network.ts'
import type { Zone } from '../site/types.ts'
import { createHash } from 'node:crypto'
import { file, text, type HostFile } from './host-file.ts'

/** /etc/pgpool2 of a zone's pgpool nodes. */
export function pgpoolFiles(zone: Zone): readonly HostFile[] {
  const { user, password } = zone.postgresql
  return [
    file('/etc/pgpool2/pgpool.conf', pgpoolConf(zone)),
    file('/etc/pgpool2/pool_hba.conf', text('# TYPE  DATABASE    USER        CIDR-ADDRESS          METHOD', 'local   all         all                               trust', 'host    all         all         127.0.0.1/32          md5', ...networksOf(zone).map(({ network }) => `host    all    all    ${network}    md5`)), 0o640),
    file('/etc/pgpool2/pool_passwd', `${user}:${md5Password(user, password)}\n`, 0o640),
  ]
}

/** PostgreSQL's md5 form of a password. */
export const md5Password = (user: string, password: string): string => `md5${createHash('md5').update(password + user).digest('hex')}`

function pgpoolConf(zone: Zone): string {
  const { user, password } = zone.postgresql
  return text(
    "# pgpool-II in front of the zone's PostgreSQL servers",
    "backend_clustering_mode = 'streaming_replication'",
    "listen_addresses = '*'",
    'port = 9999',
    "unix_socket_directories = '/var/run/pgpool'",
    "pcp_socket_dir = '/var/run/pgpool'",
    "pid_file_name = '/var/run/postgresql/pgpool.pid'",
    'pcp_port = 9898',
    '',
    '# - backends -',
    ...postgresqlNodes(zone).flatMap(({ name }, index) => backend(zone, name, index)),
    '# - authentication -',
    'enable_pool_hba = on',
    "pool_passwd = 'pool_passwd'",
    'authentication_timeout = 60',
    '',
    '# - pools -',
    'num_init_children = 4',
    'max_pool = 4',
    'child_life_time = 300',
    'connection_cache = on',
    '',
    '# - replication -',
    'load_balance_mode = on',
    'sr_check_period = 10',
    `sr_check_user = '${user}'`,
    `sr_check_password = '${password}'`,
    "sr_check_database = 'postgres'",
    'health_check_period = 0',
    'failover_on_backend_error = off',
    "logdir = '/var/log/postgresql'",
  )
}

const backend = (zone: Zone, name: string, index: number): readonly string[] => [
  `backend_hostname${index} = '${name}'`,
  `backend_port${index} = ${zone.postgresql.port}`,
  `backend_weight${index} = 1`,
  `backend_flag${index} = 'DISALLOW_TO_FAILOVER'`,
  `backend_data_directory${index} = '${zone.postgresql.flavour === 'debian' ? '/pitrix/postgresql/15/main' : '/opt/postgresql/data'}'`,
  '',
]
