import type { Change } from '../../../module/module.ts'
import { quoteAll } from '../../../text/shell-quote.ts'
import type { FirewalldState, Item, WantedFirewalld } from './wanted.ts'

/** Shell source that prints `yes`, `no` or a target on a line after a mark. */
export function questionScript(wanted: WantedFirewalld): string {
  const { asks } = wanted
  const ask = (mark: string, words: readonly string[]): string => `ask ${mark} ${quoteAll(words)}`
  return [
    'm=online',
    // 252: firewalld does not run; without D-Bus nobody can tell
    'call() { if [ $m = online ]; then o=$(LC_ALL=C firewall-cmd "$@" 2>&1); s=$?; case "$s $o" in 252*|*"DBUS_ERROR: Failed to connect"*) m=offline;; *) return $s;; esac; fi; case $1 in --permanent) shift;; esac; o=$(LC_ALL=C firewall-offline-cmd "$@" 2>&1); }',
    // where it says what it thinks of the default zone, the answer comes last
    `last() { printf '%s\\n' "$o" | sed -n '$p'; }`,
    `ask() { k=$1; shift; if call "$@"; then a=$(last); echo "$k \${a:-yes}"; elif [ $? = 1 ] && a=$(last) && [ "\${a:-no}" = no ]; then echo "$k no"; else printf '%s\\n' "$o" >&2; echo "M $m"; exit 1; fi; }`,
    ...isZoneTold(wanted) ? [ask('Z', ['--get-default-zone'])] : [],
    ...asks.permanent ? [ask('P', ['--permanent', ...questionWords(wanted)])] : [],
    ...asks.immediate ? [`[ $m = offline ] || ${ask('I', questionWords(wanted))}`] : [],
    'echo "M $m"',
  ].join('\n')
}

/** What a task says names the default zone. */
function isZoneTold({ zone, item }: WantedFirewalld): boolean {
  return zone === undefined && ['forward', 'masquerade', 'source'].includes(item.argument)
}

/** Commands that lead from one state to the other, either way. */
export function changeScript(wanted: WantedFirewalld, { before, after }: Change<FirewalldState>): string {
  const program = after.offline ? 'firewall-offline-cmd' : 'firewall-cmd'
  const expires = wanted.timeout > 0 && after.immediate === 'yes' && wanted.item.kind === 'element'
  const commands = [
    ...after.permanent === null || after.permanent === before.permanent ? [] : [[program, ...after.offline ? [] : ['--permanent'], ...changeWords(wanted, after.permanent)]],
    ...after.immediate === null || after.immediate === before.immediate ? [] : [[program, ...changeWords(wanted, after.immediate), ...expires ? [`--timeout=${wanted.timeout}`] : []]],
  ]
  return commands.map((words) => `${quoteAll(words)} >/dev/null`).join(' && ')
}

function zoneWords({ zone }: WantedFirewalld): readonly string[] {
  return zone === undefined ? [] : [`--zone=${zone}`]
}

function questionWords(wanted: WantedFirewalld): readonly string[] {
  const { item } = wanted
  if (item.kind === 'zone') return ['--get-zones']
  if (item.kind === 'target') return [...zoneWords(wanted), '--get-target']
  return [...zoneWords(wanted), option('query', item)]
}

function changeWords(wanted: WantedFirewalld, value: string): readonly string[] {
  const { item } = wanted
  if (item.kind === 'zone') return [`--${value === 'yes' ? 'new' : 'delete'}-zone=${item.value}`]
  if (item.kind === 'target') return [...zoneWords(wanted), `--set-target=${value}`]
  return [...zoneWords(wanted), option(value !== 'yes' ? 'remove' : item.kind === 'interface' ? 'change' : 'add', item)]
}

function option(verb: string, { option: name, value }: Item): string {
  return value === '' ? `--${verb}-${name}` : `--${verb}-${name}=${value}`
}
