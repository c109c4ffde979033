import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

export interface DiversionState {
  readonly diversion: Diversion | null
  /** Which of the files are there: the path itself, where it is diverted to, where it is to be diverted to. */
  readonly exists: { readonly path: boolean, readonly diverted: boolean, readonly target: boolean }
}

export interface Diversion {
  readonly holder: string
  readonly divert: string
}

export function diversionProbe(path: string, target: string): ScriptProbe<DiversionState> {
  const file = quote(path)
  return {
    kind: 'script',
    key: `diversion:${path}:${target}`,
    script: `export LC_ALL=C
h=$(dpkg-divert --listpackage ${file}) || exit
t=$(dpkg-divert --truename ${file}) || exit
echo "H $h"; echo "T $t"
[ -e ${file} ] && echo 'P yes'; [ -e "$t" ] && echo 'D yes'; [ -e ${quote(target)} ] && echo 'G yes'; :`,
    parse: ({ status, stdout, stderr }) => {
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `dpkg-divert failed with status ${status}`, { rc: status })
      const line = (kind: string): string | undefined => new RegExp(`^${kind} (.*)$`, 'm').exec(stdout.toString('utf8'))?.[1]
      const holder = line('H') ?? ''
      return {
        diversion: holder === '' ? null : { holder, divert: line('T') ?? '' },
        exists: { path: line('P') !== undefined, diverted: line('D') !== undefined, target: line('G') !== undefined },
      }
    },
    readsPaths: ['/var/lib/dpkg/diversions', path, target],
  }
}
