import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { applyFirewall, diffFirewall, observeFirewall, type FirewallState, type WantedFirewall } from './system/firewall/firewall-state.ts'
import { FIREWALL_ARGUMENTS, type FirewallArguments } from './system/firewall/firewall-arguments.ts'
import { ruleWords } from './system/firewall/rule-words.ts'

/** `ansible.builtin.iptables`: rules, chains and policies of the packet filter as it runs. */
export const iptables = defineModule({
  name: 'iptables',
  summary: 'Keep a rule, a chain or a policy of the packet filter.',
  args: FIREWALL_ARGUMENTS,
  constraints: {
    exclusive: [['set_dscp_mark', 'set_dscp_mark_class'], ['flush', 'policy']],
    requiredIf: [['jump', 'TEE', ['gateway']], ['jump', 'tee', ['gateway']]],
  },
  examples: [
    { name: 'Let ssh in', args: { chain: 'INPUT', protocol: 'tcp', destination_port: '22', ctstate: ['NEW'], jump: 'ACCEPT', comment: 'ssh' } },
    { name: 'Let answers in', args: { chain: 'INPUT', ctstate: ['ESTABLISHED', 'RELATED'], jump: 'ACCEPT' } },
    { name: 'Drop what nothing else takes', args: { chain: 'INPUT', policy: 'DROP' } },
    { name: 'A chain of our own', args: { chain: 'TELEMETRY', chain_management: true } },
  ],
  prepare: async (given) => {
    refuse(given)
    const { ip_version: version } = given
    const programs: readonly WantedFirewall['ip_version'][] = version === 'both' ? ['ipv4', 'ipv6'] : [version]
    return { given, each: programs.map((one) => withWords({ ...given, ip_version: one })) }
  },
  observe: ({ each }: WantedPrograms, remote) => Promise.all(each.map((wanted) => observeFirewall(wanted, remote))),
  diff: ({ each }, before: readonly FirewallState[]) => {
    const changes = each.map((wanted, index) => diffFirewall(wanted, before[index]))
    if (changes.every((change) => change === undefined)) return undefined
    return { before, after: before.map((state, index) => changes[index]?.after ?? state), diff: changes.flatMap((change) => change?.diff ?? []) }
  },
  apply: async ({ each }, { before, after }, remote) => {
    for (const [index, wanted] of each.entries()) await applyFirewall(wanted, { before: before[index], after: after[index] }, remote)
    return undefined
  },
  result: ({ given: { ip_version, table, chain, flush, state, chain_management, wait }, each: [first] }) => ({
    ip_version, table, chain: chain ?? null, flush, rule: first?.words.join(' ') ?? '', state, chain_management, wait: wait ?? null,
  }),
  undo: 'swap',
})

/** What is wanted of iptables, of ip6tables or of both. */
interface WantedPrograms {
  readonly given: FirewallArguments
  readonly each: readonly WantedFirewall[]
}

function withWords(given: Omit<WantedFirewall, 'words'>): WantedFirewall {
  return { ...given, words: ruleWords(logs(given) ? { ...given, jump: 'LOG' } : given) }
}

function logs({ log_prefix: prefix, log_level: level }: Pick<FirewallArguments, 'log_prefix' | 'log_level'>): boolean {
  return (prefix ?? level) !== undefined
}

function refuse(given: FirewallArguments): void {
  const { chain, flush, jump } = given
  if (!flush && chain === undefined) throw new ModuleFailure('flush is False but all of the following are missing: chain')
  if (logs(given) && (jump ?? 'LOG') !== 'LOG') throw new ModuleFailure('Logging options can only be used with the LOG jump target.')
  if ((given.set_dscp_mark ?? given.set_dscp_mark_class) !== undefined && jump === undefined) throw new ModuleFailure("missing parameter(s) required by 'set_dscp_mark': jump")
}
