import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'

export interface NpmState {
  /** Names, and names with versions: `pm2`, `pm2@5.3.0`. */
  readonly installed: readonly string[]
  readonly missing: readonly string[]
  readonly outdated: readonly string[]
  /** In a wanted state: what npm is told to do. */
  readonly verbs: readonly string[]
}

interface Asked {
  readonly name: string | undefined
  readonly path: string | undefined
  readonly version: string | undefined
  readonly global: boolean
  readonly executable: string | undefined
  readonly ignore_scripts: boolean
  readonly unsafe_perm: boolean
  readonly production: boolean
  readonly registry: string | undefined
  readonly no_optional: boolean
  readonly no_bin_links: boolean
  readonly force: boolean
  readonly state: 'present' | 'absent' | 'latest'
  readonly ci: boolean
}

/** The command for a verb; package names go only with what changes something. */
export function npmWords(asked: Asked, verb: string): readonly string[] {
  const isQuestion = verb === 'list' || verb === 'outdated'
  const flag = (name: string, holds: boolean): readonly string[] => holds ? [name] : []
  return [
    ...isQuestion ? QUIETLY : [],
    ...asked.executable === undefined ? ['npm'] : asked.executable.split(' '), verb, ...verb === 'list' ? ['--json', '--long'] : [],
    ...flag('--global', asked.global), ...flag('--production', asked.production && !isQuestion && verb !== 'uninstall'),
    ...flag('--ignore-scripts', asked.ignore_scripts), ...flag('--unsafe-perm', asked.unsafe_perm),
    ...isQuestion && verb === 'list' ? [] : packageWords(asked), ...asked.registry === undefined ? [] : ['--registry', asked.registry],
    ...flag('--no-optional', asked.no_optional), ...flag('--no-bin-links', asked.no_bin_links), ...flag('--force', asked.force),
  ]
}

/** What only asks leaves neither logs nor the day of a look for news. */
const QUIETLY = ['env', 'npm_config_logs_max=0', 'npm_config_update_notifier=false'] as const

/** Lists what is installed, and for `latest` what is older than it could be. */
export function npmProbe(asked: Asked): ScriptProbe<NpmState> {
  const { path, global: isGlobal, executable, name, version, state, ci } = asked
  const folder = path === undefined ? '' : `cd ${quote(path)} 2>/dev/null || exit 0\n`
  return {
    kind: 'script',
    key: `npm:${JSON.stringify([path ?? null, isGlobal, executable ?? null, name ?? null, version ?? null, state, ci])}`,
    script: `command -v ${quote(npmWords(asked, 'list')[QUIETLY.length] ?? '')} >/dev/null || { echo 'Failed to find required executable "npm"' >&2; exit 127; }
${folder}${ci ? ':' : `${quoteAll(npmWords(asked, 'list'))} 2>/dev/null\n${state === 'latest' ? `echo ${MARK}\n${quoteAll(npmWords(asked, 'outdated'))}` : ''}`}
exit 0`,
    parse: (result) => parse(asked, result),
    ...path === undefined ? {} : { readsPaths: [path] },
  }
}

const MARK = '=====outdated====='

function packageWords({ name, version, state }: Asked): readonly string[] {
  if (name === undefined) return []
  return [version === undefined || state === 'absent' ? name : `${name}@${version}`]
}

function parse(asked: Asked, { status, stdout, stderr }: ExecResult): NpmState {
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim())
  const [list = '', outdated = ''] = stdout.toString('utf8').split(`${MARK}\n`)
  const dependencies = Object.entries(dependenciesIn(list) ?? {})
  const isMissing = ([, { missing, invalid }]: readonly [string, Dependency]): boolean => Boolean(missing ?? false) || Boolean(invalid ?? false)
  const installed = dependencies.filter((one) => !isMissing(one)).flatMap(([name, { version }]) => version === undefined ? [name] : [name, `${name}@${version}`])
  const missing = dependencies.filter(isMissing).map(([name]) => name)
  const [wanted] = packageWords(asked)
  const isAbsent = dependenciesIn(list) === undefined || (wanted !== undefined && !installed.includes(wanted))
  const names = outdated.split('\n').map((line) => line.split(/\s|@/)[0] ?? '').filter((name) => name !== '' && name !== 'Package')
  return { installed, missing: isAbsent ? [...missing, wanted ?? ''] : missing, outdated: names, verbs: [] }
}

interface Dependency {
  readonly version?: string
  readonly missing?: unknown
  readonly invalid?: unknown
}

function dependenciesIn(text: string): Readonly<Record<string, Dependency>> | undefined {
  if (text.trim() === '') return undefined
  try {
    return (JSON.parse(text) as { readonly dependencies?: Readonly<Record<string, Dependency>> }).dependencies
  } catch (error) {
    throw new ModuleFailure(`Failed to parse NPM output with error ${error instanceof Error ? error.message : String(error)}`)
  }
}
