import type { ArgumentsOf } from '../../../module/argument-spec.ts'
import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quoteAll } from '../../../text/shell-quote.ts'
import type { UFW_ARGUMENTS } from './arguments.ts'
import { insertPlace, ruleWords } from './rule-words.ts'

export interface UfwState {
  readonly settings: UfwSettings
  readonly rules: UfwRules
  /** What the rules will be with the task's rule, as ufw itself says; null where it has none, or changes nothing. */
  readonly planned: Partial<UfwRules> | null
  /** Files that hold all of it; null where their texts are not known. */
  readonly files: Readonly<Record<string, string>> | null
  /** What `ufw status verbose` says. */
  readonly status: string
  /** Where a new rule goes. */
  readonly place: number | null
  readonly action?: 'reloaded' | 'reset'
}

export interface UfwSettings {
  readonly enabled: boolean
  readonly logging: string
  readonly incoming: string
  readonly outgoing: string
  readonly routed: string
}

export interface UfwRules {
  readonly v4: readonly string[]
  readonly v6: readonly string[]
}

const FILES = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules', '/etc/default/ufw', '/etc/ufw/ufw.conf'] as const

export async function observeUfw(given: ArgumentsOf<typeof UFW_ARGUMENTS>, remote: Remote): Promise<UfwState> {
  const place = given.insert === undefined ? null : insertPlace(given, given.insert_relative_to === 'zero' ? '' : await remote.read(NUMBERED))
  const [said, ...texts] = await Promise.all([remote.read(statusProbe(given, place)), ...FILES.map((path) => remote.readText(path))])
  const [v4 = '', v6 = '', defaults = '', settings = ''] = texts
  const files = Object.fromEntries(FILES.flatMap((path, index) => texts[index] === undefined ? [] : [[path, texts[index]]]))
  const policy = (chain: string): string => POLICIES[new RegExp(`^DEFAULT_${chain}_POLICY="?(\\w+)`, 'm').exec(defaults)?.[1] ?? ''] ?? 'deny'
  return {
    settings: {
      enabled: /^ENABLED=yes/im.test(settings), logging: /^LOGLEVEL=(\w+)/m.exec(settings)?.[1] ?? 'off',
      incoming: policy('INPUT'), outgoing: policy('OUTPUT'), routed: policy('FORWARD'),
    },
    rules: { v4: tuplesIn(v4), v6: tuplesIn(v6) }, files, place, ...said,
  }
}

const POLICIES: Readonly<Record<string, string>> = { ACCEPT: 'allow', DROP: 'deny', REJECT: 'reject' }

const NUMBERED: ScriptProbe<string> = { kind: 'script', key: 'ufw:numbered', script: 'LC_ALL=C ufw status numbered', parse: ({ stdout }) => stdout.toString('utf8') }

function statusProbe(given: ArgumentsOf<typeof UFW_ARGUMENTS>, place: number | null): ScriptProbe<Pick<UfwState, 'status' | 'planned'>> {
  const words = given.rule === undefined ? [] : ruleWords(given, place)
  return {
    kind: 'script',
    key: `ufw:${words.join(' ')}`,
    script: `command -v ufw >/dev/null || { echo 'Failed to find required executable "ufw"' >&2; exit 127; }
export LC_ALL=C; ufw status verbose || exit
${words.length === 0 ? ':' : `echo ${MARK}; ufw --dry-run ${quoteAll(words)}`}`,
    parse,
  }
}

const MARK = '=====planned====='

function parse({ status, stdout, stderr }: ExecResult): Pick<UfwState, 'status' | 'planned'> {
  const [said = '', plan] = stdout.toString('utf8').split(`${MARK}\n`)
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || plan?.trim() || said.trim())
  if (plan === undefined) return { status: said.trimEnd(), planned: null }
  const sections = plan.split(/^(?=\*filter$)/m).filter((section) => section.startsWith('*filter'))
  const section = (chain: string): string | undefined => sections.find((one) => one.includes(`\n:${chain}-user-input `))
  const [v4, v6] = [section('ufw'), section('ufw6')]
  return { status: said.trimEnd(), planned: { ...v4 === undefined ? {} : { v4: tuplesIn(v4) }, ...v6 === undefined ? {} : { v6: tuplesIn(v6) } } }
}

function tuplesIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('### tuple ###')).map((line) => line.slice('### tuple ### '.length))
}
