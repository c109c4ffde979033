import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Controller } from '../module/controller.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { quoteAll } from '../text/shell-quote.ts'
import type { JsonObject } from '../value/value.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, type TextFile } from './files/text-file.ts'
import { loadRules, type Confirmation } from './system/firewall/load-rules.ts'
import { commonWords, programOf, restoreWords, rulesProbe, trialProbe } from './system/firewall/rules-probe.ts'
import { formatRules, linesOf, onlyTable, tableNames, tablesIn, tablesOf, withTables } from './system/firewall/saved-rules.ts'

const args = {
  path: { type: 'path', required: true, description: 'File that the rules are saved in, or restored from.' },
  state: { type: 'str', required: true, choices: ['saved', 'restored'], description: 'Which of the two.' },
  table: { type: 'str', choices: ['filter', 'nat', 'mangle', 'raw', 'security'], description: 'Only this table.' },
  noflush: { type: 'bool', default: false, description: 'Add to the rules that are there.' },
  counters: { type: 'bool', default: false, description: 'Save or restore counters too.' },
  modprobe: { type: 'path', description: 'The program that loads kernel modules.' },
  ip_version: { type: 'str', choices: ['ipv4', 'ipv6'], default: 'ipv4', description: 'Which protocol.' },
  wait: { type: 'int', description: 'Seconds to wait for others that change rules.' },
} as const

interface Wanted extends ArgumentsOf<typeof args> {
  readonly confirmation: Confirmation | undefined
}

interface RulesState {
  /** All rules with their counters, with tables that are to be restored and not in use yet. */
  readonly rules: string
  /** What they would be, once restored. */
  readonly after: string
  readonly file: TextFile
}

/** `community.general.iptables_state`: all rules of the packet filter, to a file or from one. */
export const iptablesState = defineModule({
  name: 'iptables_state',
  aliases: ['community.general.iptables_state'],
  summary: 'Save the rules of the packet filter in a file, or restore them from one, with a way back when the host cannot be reached any more.',
  args,
  ownsAsync: true,
  examples: [
    { name: 'Load others; async and poll 0 give the way back', args: { state: 'restored', path: '/etc/iptables/region.v4' } },
    { name: 'Keep the rules for the next boot', args: { state: 'saved', path: '/etc/iptables/rules.v4' } },
  ],
  prepare: async (given: ArgumentsOf<typeof args>, controller): Promise<Wanted> => ({ ...given, confirmation: confirmationOf(given, controller) }),
  observe: async (wanted, remote): Promise<RulesState> => {
    const [saved, file] = await Promise.all([remote.read(rulesProbe(wanted)), observeTextFile(wanted.path, remote)])
    if (wanted.state === 'saved') return { rules: withTables(saved, saved.text.trim() === '' ? [wanted.table ?? 'filter'] : wanted.table === undefined ? [] : [wanted.table]), file, after: '' }
    const text = checkedText(wanted, file)
    const rules = withTables(saved, wanted.table === undefined ? tableNames(text) : [wanted.table])
    return { rules, file, after: await rulesAfter(wanted, { rules, text }, remote) }
  },
  diff: (wanted, before) => wanted.state === 'saved' ? savedChange(wanted, before) : restoredChange(wanted, before),
  apply: async (wanted, { before, after }, remote) => {
    if (after.rules === before.rules) {
      if (before.file.text === undefined) await remote.makeDirectory(dirname(wanted.path), { mode: 0o700 })
      await applyTextChange({ before: before.file, after: after.file }, remote)
      return undefined
    }
    return load(wanted, { before, after }, remote)
  },
  result: (wanted, state) => fieldsOf(wanted, state),
  destroys: (_wanted, { before, after }) => textDestroyed({ before: before.file, after: after.file }),
  effects: ({ ip_version: version }: Wanted, { before, after }) => before.rules === after.rules ? { paths: [after.file.path] } : { keys: [`iptables:${version}:*`] },
  undo: 'swap',
})

function confirmationOf({ state }: ArgumentsOf<typeof args>, { background, reconnect }: Controller): Confirmation | undefined {
  if (state !== 'restored' || background === undefined) return undefined
  const { seconds, poll } = background
  if (poll > 0) {
    throw new ModuleFailure(`This module doesn't support async>0 and poll>0 when its 'state' param is set to 'restored'. To enable its rollback feature (that needs the module to run asynchronously on the remote), please set task attribute 'poll' (=${poll}) to 0, and 'async' (=${seconds}) to a value >2 and not greater than 'ansible_timeout' (recommended).`)
  }
  return { seconds, reconnect }
}

function checkedText({ path, table }: Wanted, { text, stat }: TextFile): string {
  if (text === undefined) throw new ModuleFailure(`Source ${path} not found`)
  if (stat?.type === 'character') throw new ModuleFailure(`Source ${path} not a file`)
  if (table !== undefined && !tableNames(text).includes(table)) throw new ModuleFailure(`Table ${table} to restore not defined in ${path}`)
  return text
}

/** The rules that there will be. Where they cannot be tried, they are what the file says. */
async function rulesAfter(wanted: Wanted, { rules, text }: { readonly rules: string, readonly text: string }, remote: Remote): Promise<string> {
  const { problem, rules: tried } = await remote.read(trialProbe(wanted, rules, text))
  if (problem !== undefined) {
    const isLocked = problem.stderr.includes('Another app is currently holding the xtables lock')
    throw new ModuleFailure(isLocked ? problem.stderr : `Source ${wanted.path} is not suitable for input to ${programOf(wanted, 'restore')}`, {
      ...problem, tables: jsonTables(shownTables(wanted, rules)), initial_state: [...formatRules(rules, wanted.counters)], restored: [...linesOf(text)], applied: false,
    })
  }
  return tried ?? onlyTable(text, wanted.table)
}

function savedChange(wanted: Wanted, before: RulesState) {
  const text = formatRules(onlyTable(before.rules, wanted.table), wanted.counters).map((line) => `${line}\n`).join('')
  const change = textChange(before.file, text, before.file.text === undefined ? { mode: '0600' } : {})
  return change === undefined ? undefined : { before, after: { ...before, file: change.after }, fields: fieldsOf(wanted, before), ...change.diff && { diff: change.diff } }
}

function restoredChange(wanted: Wanted, before: RulesState) {
  const [now, then] = [tablesOf(before.rules), tablesOf(before.after)]
  const names = Object.keys(then).filter((name) => wanted.table === undefined || name === wanted.table)
  const text = (tables: typeof now): string => names.map((name) => `*${name}\n${(tables[name] ?? []).map((line) => `${line}\n`).join('')}`).join('')
  if (names.every((name) => (now[name] ?? []).join('\n') === (then[name] ?? []).join('\n'))) return undefined
  return { before, after: { ...before, rules: before.after }, fields: fieldsOf(wanted, before), diff: [{ before: text(now), after: text(then) }] }
}

async function load(wanted: Wanted, { before, after }: { readonly before: RulesState, readonly after: RulesState }, remote: Remote): Promise<JsonObject> {
  const effects = { keys: [`iptables:${wanted.ip_version}:*`] }
  const back = [programOf(wanted, 'restore'), '--counters', ...wanted.modprobe === undefined ? [] : ['--modprobe', wanted.modprobe]]
  // Taking it back: the rules are those that there were, not those of the file.
  if (after.after !== after.rules) {
    await remote.write({ summary: `Restore ${wanted.ip_version} rules`, command: { script: quoteAll(back), stdin: Buffer.from(after.rules) }, effects })
    return {}
  }
  await loadRules({ words: restoreWords(wanted), back, before: before.rules, effects }, wanted.confirmation, remote)
  return {}
}

function fieldsOf(wanted: Wanted, { rules, after }: RulesState): JsonObject {
  const own = onlyTable(rules, wanted.table)
  const shared = { tables: jsonTables(shownTables(wanted, rules)), initial_state: [...formatRules(rules, wanted.counters)] }
  if (wanted.state === 'saved') return { ...shared, cmd: [programOf(wanted, 'save'), ...commonWords(wanted)].join(' '), saved: [...formatRules(own, wanted.counters)] }
  return { ...shared, cmd: restoreWords(wanted).join(' '), restored: [...formatRules(onlyTable(after, wanted.table), wanted.counters)], applied: true }
}

function shownTables({ table, counters }: Wanted, rules: string): Readonly<Record<string, readonly string[]>> {
  return tablesIn(formatRules(onlyTable(rules, table), counters))
}

function jsonTables(tables: Readonly<Record<string, readonly string[]>>): JsonObject {
  return Object.fromEntries(Object.entries(tables).map(([name, lines]) => [name, [...lines]]))
}
