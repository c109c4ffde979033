import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Effects, Prediction } from '../../../remote/write.ts'
import { quoteAll } from '../../../text/shell-quote.ts'
import type { FirewallArguments } from './firewall-arguments.ts'

/** What a task is about, and how it is; the words of its rule are the wanted ones. */
export type FirewallState =
  | { readonly kind: 'rule', readonly present: boolean }
  | { readonly kind: 'chain', readonly present: boolean }
  | { readonly kind: 'policy', readonly policy: string }
  | { readonly kind: 'flush', readonly rules: readonly string[] }

export interface WantedFirewall extends Omit<FirewallArguments, 'ip_version'> {
  readonly ip_version: 'ipv4' | 'ipv6'
  readonly words: readonly string[]
}

export async function observeFirewall(wanted: WantedFirewall, remote: Remote): Promise<FirewallState> {
  const kind = kindOf(wanted)
  if (kind === 'policy') return { kind, policy: await remote.read(policyProbe(wanted)) }
  if (kind === 'flush') return { kind, rules: (await remote.read(rulesProbe(wanted)) ?? []).filter((line) => line.startsWith('-A ')) }
  return { kind, present: await remote.read(presentProbe(wanted)) }
}

/** What must change. Making and removing chains counts even without `chain_management`, as with Ansible, but is not done. */
export function diffFirewall(wanted: WantedFirewall, before: FirewallState | undefined): Change<FirewallState> | undefined {
  if (before === undefined) return undefined
  const after = afterwards(wanted, before)
  if (isSame(before, after)) return undefined
  return { before, after, diff: [{ before: shown(wanted, before), after: shown(wanted, after), beforeHeader: wanted.table, afterHeader: wanted.table }] }
}

function isSame(before: FirewallState, after: FirewallState): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}

export async function applyFirewall(wanted: WantedFirewall, { before, after }: { readonly [Side in 'before' | 'after']: FirewallState | undefined }, remote: Remote): Promise<undefined> {
  if (before === undefined || after === undefined || isSame(before, after)) return undefined
  if (after.kind === 'chain' && !wanted.chain_management) return undefined
  const { words, stdin } = changeCommand(wanted, before, after)
  await remote.write({
    summary: words.join(' '),
    command: { script: quoteAll(words), ...stdin === undefined ? {} : { stdin: Buffer.from(stdin) } },
    effects: effectsOf(wanted, after),
  })
  return undefined
}

/** Lists of rules are touched by everything, but whether there is another rule or chain only by a flush. */
function effectsOf(wanted: WantedFirewall, after: FirewallState): Effects {
  const ours = `iptables:${wanted.ip_version}:${programWords(wanted).join(' ')}`
  if (after.kind === 'flush') return { keys: [`${ours} *`] }
  const prediction: Prediction = after.kind === 'policy' ? { probe: policyProbe(wanted), answer: after.policy } : { probe: presentProbe(wanted), answer: after.present }
  return { keys: [`${ours} -S*`, prediction.probe.key], predictions: [prediction] }
}

function kindOf({ flush, policy, words }: WantedFirewall): FirewallState['kind'] {
  if (flush) return 'flush'
  if (policy !== undefined) return 'policy'
  return words.length === 0 ? 'chain' : 'rule'
}

function afterwards({ policy, state }: WantedFirewall, before: FirewallState): FirewallState {
  if (before.kind === 'policy') return { ...before, policy: policy ?? before.policy }
  if (before.kind === 'flush') return { ...before, rules: [] }
  return { ...before, present: state === 'present' }
}

function shown({ chain = '', words }: WantedFirewall, state: FirewallState): string {
  if (state.kind === 'policy') return `-P ${chain} ${state.policy}\n`
  if (state.kind === 'flush') return state.rules.map((rule) => `${rule}\n`).join('')
  if (!state.present) return ''
  return state.kind === 'chain' ? `-N ${chain}\n` : `-A ${chain} ${quoteAll(words)}\n`
}

function programWords({ ip_version: version, table }: WantedFirewall): readonly string[] {
  return [version === 'ipv4' ? 'iptables' : 'ip6tables', '-t', table]
}

function changeCommand(wanted: WantedFirewall, before: FirewallState, after: FirewallState): { readonly words: readonly string[], readonly stdin?: string } {
  const { chain = '', ip_version: version, table } = wanted
  const program = programWords(wanted)
  if (after.kind === 'policy') return { words: [...program, '-P', chain, after.policy] }
  if (after.kind === 'chain') return { words: [...program, after.present ? '-N' : '-X', chain] }
  if (after.kind === 'rule') return { words: [...program, ...ruleVerb(wanted, after.present), ...wanted.words] }
  if (after.rules.length === 0) return { words: [...program, '-F', ...chain === '' ? [] : [chain]] }
  // Taken back: the rules as iptables itself printed them.
  const missing = before.kind === 'flush' ? after.rules.filter((rule) => !before.rules.includes(rule)) : after.rules
  return { words: [version === 'ipv4' ? 'iptables-restore' : 'ip6tables-restore', '-n'], stdin: `*${table}\n${missing.join('\n')}\nCOMMIT\n` }
}

function ruleVerb({ action, chain = '', rule_num: place }: WantedFirewall, present: boolean): readonly string[] {
  if (!present) return ['-D', chain]
  return action === 'append' ? ['-A', chain] : ['-I', chain, ...place === undefined ? [] : [place]]
}

function presentProbe(wanted: WantedFirewall): ScriptProbe<boolean> {
  const { chain = '', words } = wanted
  const asked = [...programWords(wanted), ...words.length === 0 ? ['-n', '-L', chain] : ['-C', chain, ...words]]
  return {
    kind: 'script',
    key: `iptables:${wanted.ip_version}:${asked.join(' ')}`,
    script: `${quoteAll(asked)} >/dev/null`,
    parse: ({ status, stderr }) => {
      refuseMissing(status, wanted)
      const said = stderr.toString('utf8')
      if (/Permission denied|must be root/i.test(said)) throw new ModuleFailure(said.trim())
      return status === 0
    },
  }
}

/** Lines of `iptables -S`; undefined when there is no such chain. */
function rulesProbe(wanted: WantedFirewall): ScriptProbe<readonly string[] | undefined> {
  const asked = [...programWords(wanted), '-S', ...wanted.chain === undefined ? [] : [wanted.chain]]
  return {
    kind: 'script',
    key: `iptables:${wanted.ip_version}:${asked.join(' ')}`,
    script: quoteAll(asked),
    parse: ({ status, stdout, stderr }) => {
      refuseMissing(status, wanted)
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `iptables failed with status ${status}`)
      return stdout.toString('utf8').split('\n').filter((line) => line !== '')
    },
  }
}

function policyProbe(wanted: WantedFirewall): ScriptProbe<string> {
  const { chain = '', table, ip_version: version } = wanted
  const { script, parse } = rulesProbe(wanted)
  return {
    kind: 'script',
    key: `iptables:${version}:policy of ${chain} in ${table}`,
    script,
    parse: (result) => {
      const policy = parse(result)?.map((line) => line.split(' ')).find(([verb, name]) => verb === '-P' && name === chain)?.[2]
      if (policy === undefined) throw new ModuleFailure("Can't detect current policy")
      return policy
    },
  }
}

function refuseMissing(status: number, wanted: WantedFirewall): void {
  if (status === 127) throw new ModuleFailure(`Failed to find required executable "${programWords(wanted)[0] ?? ''}" on the host`)
}
