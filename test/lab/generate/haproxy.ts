import { nodesWith } from '../site/load.ts'
import type { Zone } from '../site/types.ts'
import { file, text, type HostFile } from './host-file.ts'

interface Listener {
  readonly name: string
  readonly port: number
  readonly server: string
  readonly balance: string
}

/** Listen blocks of the zone that serves the console. */
const consoleListeners: readonly Listener[] = [
  { name: 'api-front', port: 7777, server: 'apiserver', balance: 'source' },
  { name: 'ws-front', port: 8565, server: 'ws_server', balance: 'roundrobin' },
  { name: 'io-front', port: 8000, server: 'io_server', balance: 'source' },
]

const frontGate: Listener = { name: 'fg-front', port: 8665, server: 'fg_server', balance: 'roundrobin' }

/** What a zone's proxies pass on before the merge. */
export const listenersOf = (zone: Zone): readonly Listener[] => (zone.side === 'old' ? [...consoleListeners, frontGate] : [frontGate])

/** haproxy.cfg of a zone's proxies. */
export const haproxyFile = (zone: Zone): HostFile =>
  file(
    '/etc/haproxy/haproxy.cfg',
    text(
      'global',
      '    log /dev/log local0',
      '    user haproxy',
      '    group haproxy',
      '    daemon',
      '    maxconn 2000',
      '    stats socket /run/haproxy/admin.sock mode 660 level admin',
      '',
      'defaults',
      '    log     global',
      '    mode    tcp',
      '    timeout connect 5000',
      '    timeout client  50000',
      '    timeout server  50000',
      '    default-server inter 500 fall 2 rise 1',
      ...listenersOf(zone).flatMap((listener) => listen(listener, zone)),
    ),
  )

const listen = ({ name, port, server, balance }: Listener, zone: Zone): readonly string[] => [
  '',
  `listen ${name}`,
  `    bind 0.0.0.0:${port}`,
  '    mode tcp',
  `    balance ${balance}`,
  ...nodesWith(zone, 'webservice').map(({ address }, index) => `    server  ${server}_${index} ${address}:${port} check`),
]
