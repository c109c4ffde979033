import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import { tableNames, type SavedRules } from './saved-rules.ts'

/** Which rules, and how they are asked for. */
export interface RuleSource {
  readonly path: string
  readonly table: string | undefined
  readonly noflush: boolean
  readonly counters: boolean
  readonly modprobe: string | undefined
  readonly ip_version: 'ipv4' | 'ipv6'
  readonly wait: number | undefined
}

export type Program = 'save' | 'restore'

export function programOf({ ip_version: version }: RuleSource, program: Program): string {
  return `${version === 'ipv4' ? 'iptables' : 'ip6tables'}-${program}`
}

/** Options that both programs take. */
export function commonWords({ counters, table, modprobe }: RuleSource): readonly string[] {
  return [...counters ? ['--counters'] : [], ...table === undefined ? [] : ['--table', table], ...modprobe === undefined ? [] : ['--modprobe', modprobe]]
}

/** What iptables-save says of all tables, counters and all. */
export function rulesProbe(source: RuleSource): ScriptProbe<SavedRules> {
  const save = programOf(source, 'save')
  const modprobe = source.modprobe
  const check = modprobe === undefined ? '' : `m=${quote(modprobe)}; [ -e "$m" ] || { echo "modprobe $m not found" >&2; exit 1; }; [ -f "$m" ] || { echo "modprobe $m not a file" >&2; exit 1; }; [ -x "$m" ] || { echo "modprobe $m not executable" >&2; exit 1; }\n`
  return {
    kind: 'script',
    key: `iptables:${source.ip_version}:saved`,
    script: `command -v ${save} >/dev/null || { echo 'Failed to find required executable "${save}"' >&2; exit 1; }\n${check}${save} --version | head -n 1; LC_ALL=C ${quoteAll([save, '--counters', ...modprobe === undefined ? [] : ['--modprobe', modprobe]])}`,
    parse: ({ status, stdout, stderr }) => {
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim(), { rc: status })
      const said = stdout.toString('utf8')
      const end = said.indexOf('\n')
      return { program: said.slice(0, end), text: said.slice(end + 1) }
    },
  }
}

/** What iptables-restore thinks of a file; and the rules that it would bring about, tried in a network of its own where the host lets us. */
export interface Trial {
  readonly problem: { readonly cmd: string, readonly rc: number, readonly stdout: string, readonly stderr: string } | undefined
  /** As iptables-save tells them; undefined where it could not be tried. */
  readonly rules: string | undefined
}

export function trialProbe(source: RuleSource, before: string, text: string): ScriptProbe<Trial> {
  const { path, table, noflush, ip_version: version } = source
  const restore = programOf(source, 'restore')
  const words = restoreWords(source)
  const names = table === undefined ? tableNames(text) : [table]
  const tests = names.map((name) => {
    const line = quoteAll([restore, '--test', ...words.slice(1), ...table === undefined ? ['--table', name] : []])
    return `s=$(LC_ALL=C ${line} 2>&1 >/dev/null) || { echo "$?"; echo ${quote(line)}; printf '%s\\n' "$s"; exit 3; }`
  })
  const inside = `${restore} --counters <"$1" 2>/dev/null; ${quoteAll([restore, ...noflush ? ['--noflush'] : [], ...table === undefined ? [] : ['--table', table]])} <"$2" && ${programOf(source, 'save')}`
  return {
    kind: 'script',
    key: `iptables:${version}:trial:${words.join(' ')}`,
    script: `${tests.join('\n')}
t=$(mktemp) || exit 0; printf '%s' ${quote(before)} >"$t"
LC_ALL=C unshare -n sh -c ${quote(inside)} sh "$t" ${quote(path)} 2>/dev/null || echo FAILED; rm -f "$t"`,
    parse: ({ status, stdout }) => {
      const said = stdout.toString('utf8')
      if (status !== 3) return { problem: undefined, rules: said.trim() === '' || said.includes('FAILED') ? undefined : said }
      const [rc = '1', cmd = '', ...rest] = said.split('\n')
      return { problem: { cmd, rc: Number(rc), stdout: '', stderr: rest.join('\n') }, rules: undefined }
    },
    readsPaths: [path],
  }
}

/** The command that loads the file. */
export function restoreWords(source: RuleSource): readonly string[] {
  const { wait, noflush, path } = source
  return [programOf(source, 'restore'), ...commonWords(source), ...wait === undefined ? [] : ['--wait', String(wait)], ...noflush ? ['--noflush'] : [], path]
}
