import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseSql, databasesOf } from '../generate/databases.ts'
import { file, text, type HostFile } from '../generate/host-file.ts'
import { md5Password } from '../generate/pgpool.ts'
import { pgHba, postgresqlConf } from '../generate/postgresql.ts'
import { postgresqlNodes } from '../site/load.ts'
import type { Site, Zone } from '../site/types.ts'

const folder = '/lab/postgresql'

/** What the preparation of a zone's primary needs: configuration, roles, schema and data. */
export function primaryFiles(site: Site, zone: Zone, source: string): readonly HostFile[] {
  const script = readFileSync(join(source, 'seed/postgresql-load.sh'), 'utf8')
  return [
    file(`${folder}/load.sh`, script),
    file(`${folder}/postgresql.conf`, postgresqlConf(zone)),
    file(`${folder}/pg_hba.conf`, pgHba(zone)),
    file(`${folder}/owner`, zone.postgresql.user),
    file(`${folder}/roles.sql`, roles(zone), 0o600),
    ...databasesOf(site, zone).flatMap((database) => [
      file(`${folder}/${database.name}.schema.sql`, readFileSync(join(source, 'platform/sql', `${database.name}.sql`), 'utf8')),
      file(`${folder}/${database.name}.data.sql`, databaseSql(database)),
    ]),
  ]
}

/** What the preparation of a zone's standby needs beside the primary's data. */
export function standbyFiles(zone: Zone, source: string): readonly HostFile[] {
  return [
    file(`${folder}/standby.sh`, readFileSync(join(source, 'seed/postgresql-standby.sh'), 'utf8')),
    file(`${folder}/primary_conninfo`, primaryConninfo(zone), 0o600),
  ]
}

/** The replication password, where postgres' own programs look for it. */
export const passFile = (zone: Zone): HostFile => file('/var/lib/postgresql/.pgpass', `*:*:*:replica:${zone.postgresql.replication_password}\n`, 0o600)

function roles({ postgresql: { user, password, replication_password } }: Zone): string {
  return text(
    `CREATE ROLE ${user} SUPERUSER CREATEDB CREATEROLE LOGIN PASSWORD '${md5Password(user, password)}';`,
    `CREATE ROLE replica REPLICATION LOGIN PASSWORD '${md5Password('replica', replication_password)}';`,
  )
}

function primaryConninfo(zone: Zone): string {
  const [primary, standby] = postgresqlNodes(zone)
  return text(`primary_conninfo = 'host=${primary?.address ?? ''} port=${zone.postgresql.port} user=replica application_name=${standby?.name ?? ''} passfile=/var/lib/postgresql/.pgpass'`)
}
