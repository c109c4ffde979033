import type { ArgumentSpec } from '../../../module/argument-spec.ts'

/** Arguments of the module firewalld. */
export const FIREWALLD_ARGUMENTS = {
  service: { type: 'str', description: 'A service that firewalld knows.' },
  protocol: { type: 'str', description: 'A protocol.' },
  port: { type: 'str', description: 'A port or range with its protocol: `8080/tcp`.' },
  port_forward: {
    type: 'list', elements: 'dict', description: 'A port that is handed on; one only.',
    options: {
      port: { type: 'str', required: true, description: 'The port.' },
      proto: { type: 'str', required: true, choices: ['udp', 'tcp'], description: 'Its protocol.' },
      toport: { type: 'str', required: true, description: 'The port that it is handed to.' },
      toaddr: { type: 'str', description: 'The address that it is handed to.' },
    },
  },
  rich_rule: { type: 'str', description: 'A rule in the rich language.' },
  source: { type: 'str', description: 'Addresses that the zone is for; permanent only.' },
  interface: { type: 'str', description: 'Network interface that the zone is for.' },
  icmp_block: { type: 'str', description: 'A kind of ICMP that is blocked.' },
  icmp_block_inversion: { type: 'bool', description: 'Whether only the named kinds of ICMP are let through.' },
  zone: { type: 'str', description: 'The zone; default: that of firewalld.' },
  permanent: { type: 'bool', default: false, description: 'Whether it stays so over restarts.' },
  immediate: { type: 'bool', default: false, description: 'Whether it counts now; default when it is not permanent.' },
  state: { type: 'str', required: true, choices: ['absent', 'disabled', 'enabled', 'present'], description: 'Whether it is to be so; `present` and `absent` are for zones and their targets.' },
  timeout: { type: 'int', default: 0, description: 'Seconds that it counts; 0 has no end.' },
  forward: { type: 'bool', description: 'Whether packets pass between interfaces of the zone.' },
  masquerade: { type: 'bool', description: 'Whether addresses are hidden behind that of the host.' },
  offline: { type: 'bool', default: false, description: 'Whether settings are changed where firewalld does not run.' },
  target: { type: 'str', choices: ['default', 'ACCEPT', 'DROP', '%%REJECT%%'], description: 'What happens to packets that nothing else takes.' },
} as const satisfies ArgumentSpec
