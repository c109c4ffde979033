import type { Host } from '../site/types.ts'
import { file, text, type HostFile } from './host-file.ts'

interface Program {
  readonly name: string
  readonly port?: number
}

const programsOfRole: Readonly<Record<string, readonly Program[]>> = {
  proxy: [{ name: 'front_watcher' }],
  dnsmaster: [{ name: 'dns_agent' }],
  webservice: [
    { name: 'api_server', port: 7777 },
    { name: 'ws_server', port: 8565 },
    { name: 'io_server', port: 8000 },
    { name: 'fg_server', port: 8665 },
    { name: 'billing_resource' },
    { name: 'schedule_server' },
    { name: 'alarm_server' },
  ],
  zoocassa: [
    { name: 'zookeeper', port: 2181 },
    { name: 'cassandra', port: 9160 },
  ],
  pgmaster: [{ name: 'pg_agent' }],
  pgslave: [{ name: 'pg_agent' }],
  pgserver: [{ name: 'pg_agent' }],
  pgpool: [{ name: 'pgpool_agent' }],
  seed: [{ name: 'seed_server' }],
  snapshot: [{ name: 'snapshot_server' }],
  vgateway: [{ name: 'vg_server' }],
  hyper: [{ name: 'compute_server' }, { name: 'hyper_agent' }],
  bm: [{ name: 'bm_server' }],
  boss: [{ name: 'boss_server' }, { name: 'boss_web' }],
}

/** The programs that supervisor runs on a host (a firstbox runs only its repository). */
export function programsOf(host: Host): readonly Program[] {
  return host.node ? [{ name: 'node_agent' }, ...host.roles.flatMap((role) => programsOfRole[role] ?? [])] : []
}

/** One file a program in /etc/supervisor/conf.d. */
export function supervisorFiles(host: Host): readonly HostFile[] {
  const programs = programsOf(host).map(({ name, port }) => program(name, ['/pitrix/bin/pitrix-service', name, port ?? ''].join(' ').trim()))
  return host.node ? programs : [program('repository', '/usr/bin/python3 -m http.server -p HTTP/1.1 8000 -d /pitrix/repo')]
}

const program = (name: string, command: string): HostFile =>
  file(`/etc/supervisor/conf.d/${name}.conf`, text(`[program:${name}]`, `command=${command}`, 'autostart=true', 'autorestart=true', 'startsecs=0', 'stopwaitsecs=5', 'stdout_logfile=NONE', 'stderr_logfile=NONE'))
