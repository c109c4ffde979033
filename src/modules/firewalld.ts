import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { FIREWALLD_ARGUMENTS } from './system/firewalld/arguments.ts'
import { firewalldProbe } from './system/firewalld/probe.ts'
import { wantedFirewalld, valuesAfter } from './system/firewalld/wanted.ts'
import { changeScript } from './system/firewalld/words.ts'
import { messagesOf } from './system/firewalld/messages.ts'

/** `ansible.posix.firewalld`: services, ports and rules of firewalld, by its own program. */
export const firewalld = defineModule({
  name: 'firewalld',
  aliases: ['ansible.posix.firewalld'],
  summary: 'Keep a service, a port, a rule or a zone of firewalld.',
  args: FIREWALLD_ARGUMENTS,
  constraints: { exclusive: [['icmp_block', 'icmp_block_inversion', 'service', 'protocol', 'port', 'port_forward', 'rich_rule', 'interface', 'forward', 'masquerade', 'source', 'target']] },
  examples: [
    { name: 'Let web traffic in, now and at boot', args: { service: 'https', permanent: true, immediate: true, state: 'enabled' } },
    { name: 'Sites of the region are trusted', args: { source: '10.16.0.0/16', zone: 'trusted', permanent: true, state: 'enabled' } },
  ],
  prepare: async (given: ArgumentsOf<typeof FIREWALLD_ARGUMENTS>) => wantedFirewalld(given),
  observe: (wanted, remote) => remote.read(firewalldProbe(wanted)),
  diff: (wanted, before) => {
    const after = valuesAfter(wanted, before)
    if (after.permanent === before.permanent && after.immediate === before.immediate) return undefined
    return { before, after, fields: { msg: messagesOf(wanted, after, { changed: true }) } }
  },
  apply: async (wanted, change, remote) => {
    await remote.write({
      summary: `Set ${wanted.label} of firewalld`,
      command: { script: changeScript(wanted, change) },
      effects: { keys: ['firewalld:*', 'iptables:*'], paths: ['/etc/firewalld'], predictions: [{ probe: firewalldProbe(wanted), answer: change.after }] },
    })
    return undefined
  },
  result: (wanted, state) => ({ msg: messagesOf(wanted, state, { changed: false }) }),
  undo: 'swap',
})
