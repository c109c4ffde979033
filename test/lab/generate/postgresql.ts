import { networksOf } from '../site/network.ts'
import type { Zone } from '../site/types.ts'
import { text } from './host-file.ts'

/** What is appended to a cluster's postgresql.conf: small, and with what streaming needs. */
export const postgresqlConf = (zone: Zone): string =>
  text(
    '',
    '# --- pitrix ---',
    "listen_addresses = '*'",
    `port = ${zone.postgresql.port}`,
    'password_encryption = md5',
    'wal_level = replica',
    'hot_standby = on',
    'max_wal_senders = 10',
    'wal_keep_size = 64MB',
    'wal_retrieve_retry_interval = 500ms',
    'max_connections = 100',
    'shared_buffers = 16MB',
    'min_wal_size = 32MB',
    'max_wal_size = 128MB',
    "timezone = 'UTC'",
  )

/** pg_hba.conf of a zone's servers. */
export const pgHba = (zone: Zone): string =>
  text(
    '# TYPE  DATABASE        USER            ADDRESS                 METHOD',
    'local   all             postgres                                peer',
    'local   all             all                                     md5',
    'host    all             all             127.0.0.1/32            md5',
    'local   replication     all                                     peer',
    ...networksOf(zone).flatMap(({ network }) => [`host    all    all    ${network}    md5`, `host    replication    replica    ${network}    md5`]),
  )
