import { rolesOf } from '../site/load.ts'
import type { Node, Zone } from '../site/types.ts'
import { file, text, type HostFile } from './host-file.ts'

/** Crontabs of the old zone's database nodes: entries of the old cluster, and one that must stay. */
export function cronFiles(zone: Zone, node: Node): readonly HostFile[] {
  if (zone.postgresql.flavour !== 'debian' || !rolesOf(node).some((role) => role === 'pgmaster' || role === 'pgslave')) return []
  return [
    file('/var/spool/cron/crontabs/postgres', text('# old cluster', '30 2 * * * /pitrix/bin/pg_backup.sh main >/dev/null 2>&1', '45 3 * * 0 /usr/bin/vacuumdb --all --analyze -p 5432 >/dev/null 2>&1'), 0o600),
    file('/var/spool/cron/crontabs/root', text('# node', '15 4 * * * /pitrix/bin/rotate_node_logs.sh', '# postgresql: is the cluster alive', '50 3 * * * /pitrix/bin/check_postgresql.sh 15 main'), 0o600),
    ...['pg_backup.sh', 'check_postgresql.sh', 'rotate_node_logs.sh'].map((name) => file(`/pitrix/bin/${name}`, text('#!/bin/sh', `# ${name}: nothing to do in the lab`, 'exit 0'), 0o755)),
  ]
}
