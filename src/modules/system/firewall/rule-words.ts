import type { FirewallArguments } from './firewall-arguments.ts'

/** The words of iptables that a rule is made of, in an order in which options follow the extension that they belong to. */
export function ruleWords(given: FirewallArguments): readonly string[] {
  return [...packetWords(given), ...targetWords(given), ...placeWords(given), ...markWords(given), ...extensionWords(given), ...answerWords(given)]
}

/** An option with its value; a `!` before the value goes before the option. */
function option(flag: string, value: string | undefined): readonly string[] {
  if (value === undefined) return []
  return value.startsWith('!') ? ['!', flag, value.slice(1).trim()] : [flag, value]
}

function csv(flag: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [flag, values.join(',')]
}

function packetWords({ wait, protocol, source, destination, match, tcp_flags: flags }: FirewallArguments): readonly string[] {
  const tcp = flags?.flags === undefined || flags.flags_set === undefined ? [] : ['--tcp-flags', flags.flags.join(','), flags.flags_set.join(',')]
  return [
    ...wait === undefined || wait === '' ? [] : ['-w', wait],
    ...option('-p', protocol), ...option('-s', source), ...option('-d', destination), ...match.flatMap((name) => option('-m', name)), ...tcp,
  ]
}

function targetWords(given: FirewallArguments): readonly string[] {
  const { destination_ports: ports } = given
  return [
    ...option('-j', given.jump),
    ...given.jump?.toLowerCase() === 'tee' ? option('--gateway', given.gateway) : [],
    ...option('--log-prefix', given.log_prefix), ...option('--log-level', given.log_level), ...option('--to-destination', given.to_destination),
    ...ports.length === 0 ? [] : ['-m', 'multiport', ...csv('--dports', ports)],
    ...option('--to-source', given.to_source), ...option('-g', given.goto),
  ]
}

function placeWords(given: FirewallArguments): readonly string[] {
  return [
    ...option('-i', given.in_interface), ...option('-o', given.out_interface), ...option('-f', given.fragment), ...option('-c', given.set_counters),
    ...option('--source-port', given.source_port), ...option('--destination-port', given.destination_port), ...option('--to-ports', given.to_ports),
  ]
}

function markWords({ set_dscp_mark: mark, set_dscp_mark_class: name, jump, syn }: FirewallArguments): readonly string[] {
  const dscp = (mark ?? name) !== undefined && jump?.toLowerCase() !== 'dscp' ? ['-j', 'DSCP'] : []
  const first = syn === 'match' ? ['--syn'] : syn === 'negate' ? ['!', '--syn'] : []
  return [...option('--set-dscp', mark), ...option('--set-dscp-class', name), ...dscp, ...first]
}

function extensionWords(given: FirewallArguments): readonly string[] {
  const { match_set: set, match_set_flags: looked } = given
  return [
    ...stateWords(given),
    ...withMatch(given.match, 'iprange', [...option('--src-range', given.src_range), ...option('--dst-range', given.dst_range)]),
    ...withMatch(given.match, 'set', [...option('--match-set', set), ...set === undefined || looked === undefined ? [] : [looked]]),
    ...withMatch([], 'limit', [...option('--limit', given.limit), ...option('--limit-burst', given.limit_burst)]),
    ...withMatch([], 'owner', option('--uid-owner', given.uid_owner)),
    ...withMatch([], 'owner', option('--gid-owner', given.gid_owner)),
  ]
}

function stateWords({ match, ctstate }: FirewallArguments): readonly string[] {
  const isOld = match.includes('state') && !match.includes('conntrack')
  return withMatch(match, isOld ? 'state' : 'conntrack', csv(isOld ? '--state' : '--ctstate', ctstate))
}

/** Options of an extension, which is loaded unless the task does so itself. */
function withMatch(match: readonly string[], name: string, words: readonly string[]): readonly string[] {
  return words.length === 0 || match.includes(name) ? words : ['-m', name, ...words]
}

function answerWords({ jump, reject_with: answer, icmp_type: icmp, ip_version: version, comment }: FirewallArguments): readonly string[] {
  return [
    ...jump === undefined && answer !== undefined ? ['-j', 'REJECT'] : [], ...option('--reject-with', answer),
    ...option(version === 'ipv4' ? '--icmp-type' : '--icmpv6-type', icmp),
    ...comment === undefined ? [] : ['-m', 'comment', ...option('--comment', comment)],
  ]
}
