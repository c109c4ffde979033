import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quoteAll } from '../../../text/shell-quote.ts'

export interface GemState {
  /** Version of the program itself, as numbers. */
  readonly program: readonly number[]
  readonly versions: readonly string[]
  /** What the repository has; null where that is not asked for. */
  readonly newest: string | null
}

export interface AskedGem {
  readonly name: string
  readonly state: 'present' | 'absent' | 'latest'
  readonly executable: string | undefined
  readonly install_dir: string | undefined
  readonly repository: string | undefined
  readonly norc: boolean
}

/** The program, and the folder that counts for it. */
export function gemCall({ executable, install_dir: folder }: Pick<AskedGem, 'executable' | 'install_dir'>): string {
  const home = folder === undefined ? '' : `GEM_HOME=${quoteAll([folder])} `
  return `${home}${quoteAll(executable?.split(' ') ?? ['gem'])}`
}

/** Lists the versions that are there, and for `latest` the newest that is to be had. */
export function gemProbe(asked: AskedGem): ScriptProbe<GemState> {
  const { name, state, repository, norc } = asked
  const call = gemCall(asked)
  const source = repository === undefined ? '' : ` --source ${quoteAll([repository])}`
  return {
    kind: 'script',
    key: `gem:${JSON.stringify([name, state, call, source])}`,
    script: `command -v ${quoteAll([asked.executable?.split(' ')[0] ?? 'gem'])} >/dev/null || { echo 'Failed to find required executable "gem"' >&2; exit 127; }
${call} --version || exit
n=${norc ? '--norc' : ''}
case $(${call} --version) in [01].*|2.[0-4].*|2.5.[01]) n= ;; esac
echo LOCAL; ${call} list $n ${quoteAll([`^${name}$`])} || exit
${state === 'latest' ? `echo REMOTE; ${call} list $n --remote${source} ${quoteAll([`^${name}$`])}` : ':'}`,
    parse: ({ status, stdout, stderr }) => {
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `gem failed with status ${status}`)
      const [version = '', rest = ''] = stdout.toString('utf8').split('LOCAL\n')
      const [local = '', remote = ''] = rest.split('REMOTE\n')
      return { program: version.trim().split('.').map(Number), versions: versionsIn(local), newest: versionsIn(remote)[0] ?? null }
    },
  }
}

/** `NAME (default: 1.2.3, 1.2.0 ruby java)`: the platforms behind a version do not count. */
function versionsIn(text: string): readonly string[] {
  return [...text.matchAll(/^\S+\s+\((?:default: )?(.+)\)/gm)].flatMap(([, all = '']) => all.split(', ').map((one) => one.replace(/^default: /, '').split(' ')[0] ?? ''))
}
