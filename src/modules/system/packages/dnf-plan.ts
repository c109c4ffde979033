import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** What dnf would do. Packages are named as it names them: `tree-1.8.0-10.el9.x86_64`. */
export interface DnfPlan {
  readonly installed: readonly string[]
  readonly removed: readonly string[]
  /** Names of packages that would become older. */
  readonly downgraded: readonly string[]
  /** What it says that it cannot do. */
  readonly problem?: { readonly rc: number, readonly text: string }
}

export const NOTHING_TO_DO: DnfPlan = { installed: [], removed: [], downgraded: [] }

/** Asks dnf for its plan; the versions that an upgrade replaces come from rpm. */
export function planProbe(command: string, installroot: string): ScriptProbe<DnfPlan> {
  const root = installroot === '/' ? '' : ` --root=${quote(installroot)}`
  return {
    kind: 'script',
    key: `dnf:plan:${command}`,
    script: `${command} --assumeno 2>&1; r=$?; printf '\\036'; rpm${root} -qa --qf '%{NAME} %{ARCH} %|EPOCH?{%{EPOCH}}:{0}| %{VERSION}-%{RELEASE}\\n'; exit $r`,
    isCostly: true,
    parse: parsePlan,
  }
}

function parsePlan({ status, stdout }: ExecResult): DnfPlan {
  const [said = '', database = ''] = stdout.toString('utf8').split('\u001e')
  const rows = rowsOf(said)
  if (rows.length === 0) return isQuiet(said, status) ? NOTHING_TO_DO : { ...NOTHING_TO_DO, problem: { rc: status, text: said.trim() } }
  const before = new Map(database.split('\n').map((line) => {
    const [name = '', arch = '', epoch = '', version = ''] = line.split(' ')
    return [`${name} ${arch}`, nevra({ name, arch, version: `${epoch}:${version}` })]
  }))
  const of = (kinds: RegExp) => rows.filter(({ section }) => kinds.test(section))
  const replaced = of(/^(?:Upgrading|Downgrading|Reinstalling)/).flatMap(({ name, arch }) => before.get(`${name} ${arch}`) ?? [])
  return {
    installed: of(/^(?:Installing|Upgrading|Downgrading|Reinstalling)/).map(nevra),
    removed: [...of(/^Removing/).map(nevra), ...replaced],
    downgraded: of(/^Downgrading/).map(({ name }) => name),
  }
}

function isQuiet(said: string, status: number): boolean {
  return /Nothing to do/.test(said) || (status === 0 && !/^Error/m.test(said))
}

interface Row {
  readonly section: string
  readonly name: string
  readonly arch: string
  /** With its epoch, where there is one. */
  readonly version: string
}

/** The table of a transaction, until its summary. Long names break their row in two. */
function rowsOf(said: string): readonly Row[] {
  const [table = '', summary] = said.split(/^Transaction Summary/m)
  if (summary === undefined) return []
  const [, ...sections] = table.replace(/^ (\S+)\n {2,}(?=\S+ +\S+ )/gm, ' $1 ').split(/^(?=[A-Z][a-z][\w ]*:$)/m)
  return sections.flatMap((text) => [...text.matchAll(/^ (\S+) +(\S+) +(\S+) +\S+/gm)].map(([, name = '', arch = '', version = '']) => ({ section: text, name, arch, version })))
}

function nevra({ name, arch, version }: Pick<Row, 'name' | 'arch' | 'version'>): string {
  return `${name}-${version.replace(/^0:/, '')}.${arch}`
}
