import type { ChainCase } from './chain-case.ts'

/** Rules that hang together, on a host with a network of its own. */
export const FIREWALL_CASES: readonly ChainCase[] = [
  {
    name: 'the uncomplicated firewall',
    prepare: 'sed -i s/^IPV6=.*/IPV6=no/ /etc/default/ufw; ufw --force disable >/dev/null',
    tasks: `
- ufw: {rule: allow, port: '22', proto: tcp}
- ufw: {rule: allow, port: '22', proto: tcp}
- ufw: {rule: limit, port: '80', proto: tcp, src: 10.0.0.0/8, comment: web}
- ufw: {default: deny, direction: incoming}
- ufw: {logging: 'on'}
- ufw: {state: enabled}
- ufw: {state: enabled}
- ufw: {rule: deny, port: '81', insert: 1}
- ufw: {rule: allow, route: true, interface_in: eth0, interface_out: eth1}
- ufw: {rule: allow, port: '22', proto: tcp, delete: true}
- slurp: {src: /etc/default/ufw}
- command: ufw status
- ufw: {state: disabled}
`,
    // What a rule makes of others only ufw itself can tell.
    unknown: ['ufw', 'ufw', 'ufw', 'ufw', 'ufw', 'ufw', 'ufw', 'ufw', 'ufw', 'slurp', 'ufw'],
    again: ['ufw', 'ufw', 'ufw', 'command', 'ufw'],
  },
  {
    name: 'iptables',
    tasks: `
- iptables: {chain: INPUT, protocol: icmp, icmp_type: echo-request, jump: ACCEPT}
- iptables: {chain: INPUT, protocol: icmp, icmp_type: echo-request, jump: ACCEPT}
- iptables: {chain: INPUT, protocol: tcp, destination_port: '22', jump: ACCEPT, comment: ssh}
- iptables: {chain: OURS, chain_management: true}
- iptables: {chain: OURS, protocol: udp, destination_ports: ['53', '123'], jump: DROP}
- iptables: {chain: INPUT, policy: DROP}
- iptables: {chain: INPUT, protocol: tcp, destination_port: '22', jump: ACCEPT, comment: ssh, state: absent}
- iptables: {chain: INPUT, action: insert, rule_num: '1', in_interface: lo, jump: ACCEPT}
- iptables: {ip_version: ipv6, chain: INPUT, protocol: ipv6-icmp, jump: ACCEPT}
- iptables: {table: nat, chain: POSTROUTING, source: 10.0.0.0/8, jump: MASQUERADE}
`,
    again: ['iptables', 'iptables'],
  },
]
