import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** A package as dpkg knows it. */
export interface DpkgState {
  readonly status: 'installed' | 'config-files' | 'absent'
  readonly version?: string
  /** What is installed and provides it, for names of no package of its own. */
  readonly providedBy?: string
  /** Names that a pattern stands for, with their versions. */
  readonly matches?: Readonly<Record<string, string>>
}

/** Asks for a package by name, `NAME:ARCHITECTURE`, or a pattern (`*`, `?`, `[...]`). */
export function dpkgProbe(name: string): ScriptProbe<DpkgState> {
  return {
    kind: 'script',
    key: `package:${name}`,
    script: isPattern(name) ? listing(name) : withProviders(name),
    parse: ({ stdout }) => parse(name, stdout.toString('utf8')),
  }
}

function isPattern(name: string): boolean {
  return /[*?[]/.test(name)
}

function listing(name: string): string {
  return `dpkg-query -W -f '\${db:Status-Status} \${Package} \${Version}\\n' ${quote(name)} 2>/dev/null`
}

// Other packages are only looked through for what they provide when there is none of the name.
function withProviders(name: string): string {
  const provides = quote(`^installed .*[ ,]${name.replace(/:.*/, '').replace(/[.+]/g, '[$&]')}( |,|$)`)
  return `r=$(${listing(name)})
echo "$r"
case $r in installed*) ;; *) dpkg-query -W -f '\${db:Status-Status} \${Package} \${Provides}\\n' 2>/dev/null | grep -E ${provides};; esac`
}

function parse(name: string, text: string): DpkgState {
  const lines = text.split('\n').map((line) => line.split(' ')).filter((words) => words.length > 1)
  const own = lines.filter(([, other = '']) => isPattern(name) || other === name.replace(/:.*/, ''))
  const installed = own.filter(([status]) => status === 'installed')
  if (isPattern(name)) {
    const matches = Object.fromEntries(installed.map(([, other = '', version = '']) => [other, version]))
    return { status: installed.length > 0 ? 'installed' : 'absent', matches }
  }
  const [, , version = ''] = installed[0] ?? []
  if (installed.length > 0) return { status: 'installed', version }
  const provider = lines.find(([status, other]) => status === 'installed' && other !== name)?.[1]
  if (provider !== undefined) return { status: 'absent', providedBy: provider }
  return { status: own.some(([status]) => status === 'config-files') ? 'config-files' : 'absent' }
}
