import type { Change } from '../../../module/module.ts'
import { quoteAll } from '../../../text/shell-quote.ts'
import type { FirewalldState, Item, WantedFirewalld } from './wanted.ts'

/** Shell source that prints `yes`, `no` or a target on a line after a mark. */
export function questionScript(wanted: WantedFirewalld): string {
  const { asks } = wanted
  const ask = (mark: string, words: readonly string[]): string => `ask ${mark} ${quoteAll(words)}`
  return [
    `m=online; firewall-cmd --state >/dev/null 2>&1 || m=offline; echo "M $m"`,
    `call() { if [ $m = online ]; then LC_ALL=C firewall-cmd "$@"; else case $1 in --permanent) shift;; esac; LC_ALL=C firewall-offline-cmd "$@"; fi; }`,
    `ask() { k=$1; shift; if o=$(call "$@" 2>&1); then echo "$k \${o:-yes}"; elif [ $? = 1 ] && [ "\${o:-no}" = no ]; then echo "$k no"; else printf '%s\\n' "$o" >&2; exit 1; fi; }`,
    ...wanted.zone === undefined ? [`echo "Z $(call --get-default-zone)"`] : [],
    ...asks.permanent ? [ask('P', ['--permanent', ...questionWords(wanted)])] : [],
    ...asks.immediate ? [`[ $m = online ] || exit 0; ${ask('I', questionWords(wanted))}`] : [],
  ].join('\n')
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
