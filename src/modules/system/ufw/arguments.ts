import type { ArgumentSpec } from '../../../module/argument-spec.ts'

/** Arguments of the module ufw. */
export const UFW_ARGUMENTS = {
  state: { type: 'str', choices: ['enabled', 'disabled', 'reloaded', 'reset'], description: '`enabled` now and at boot; `reloaded` and `reset` always change.' },
  default: { type: 'str', aliases: ['policy'], choices: ['allow', 'deny', 'reject'], description: 'What happens to traffic of a direction that no rule takes.' },
  direction: { type: 'str', choices: ['in', 'incoming', 'out', 'outgoing', 'routed'], description: 'Direction of the rule or policy.' },
  logging: { type: 'str', choices: ['on', 'off', 'low', 'medium', 'high', 'full'], description: 'How much is logged.' },
  insert: { type: 'int', description: 'Place of a new rule.' },
  insert_relative_to: { type: 'str', default: 'zero', choices: ['first-ipv4', 'first-ipv6', 'last-ipv4', 'last-ipv6', 'zero'], description: 'What that place is counted from.' },
  rule: { type: 'str', choices: ['allow', 'deny', 'limit', 'reject'], description: 'A rule.' },
  log: { type: 'bool', default: false, description: 'Whether what the rule takes is logged.' },
  from_ip: { type: 'str', default: 'any', aliases: ['from', 'src'], description: 'Source.' },
  from_port: { type: 'str', description: 'Port of the source.' },
  to_ip: { type: 'str', default: 'any', aliases: ['dest', 'to'], description: 'Destination.' },
  to_port: { type: 'str', aliases: ['port'], description: 'Port of the destination.' },
  proto: { type: 'str', aliases: ['protocol'], choices: ['any', 'tcp', 'udp', 'ipv6', 'esp', 'ah', 'gre', 'igmp', 'vrrp'], description: 'Protocol.' },
  name: { type: 'str', aliases: ['app'], description: 'Profile of an application.' },
  delete: { type: 'bool', default: false, description: 'Whether the rule is removed.' },
  interface: { type: 'str', aliases: ['if'], description: 'Interface of the direction.' },
  interface_in: { type: 'str', aliases: ['if_in'], description: 'Interface that traffic comes in by.' },
  interface_out: { type: 'str', aliases: ['if_out'], description: 'Interface that traffic goes out by.' },
  route: { type: 'bool', default: false, description: 'Whether the rule is for traffic that is handed on.' },
  comment: { type: 'str', description: 'Comment of the rule.' },
} as const satisfies ArgumentSpec
