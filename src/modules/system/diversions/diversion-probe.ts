import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'

export interface DiversionState {
  readonly diversion: Diversion | null
  /** Which of the files are there: the path itself, where it is diverted to, where it is to be diverted to. */
  readonly exists: { readonly path: boolean, readonly diverted: boolean, readonly target: boolean }
  /** All that dpkg knows. */
  readonly known: Diversions
}

export interface Diversion {
  readonly holder: string
  readonly divert: string
}

export interface Diversions {
  readonly paths: Readonly<Record<string, Diversion>>
  /** dpkg-divert of old always leaves the files alone unless told, and does not know how to be told so. */
  readonly knowsNoRename: boolean
}

export async function observeDiversion({ path, target }: { readonly path: string, readonly target: string }, remote: Remote): Promise<DiversionState> {
  const [known, at, atTarget] = await Promise.all([remote.read(DIVERSIONS), remote.stat(path), remote.stat(target)])
  const diversion = known.paths[path] ?? null
  const atDiverted = diversion === null || diversion.divert === target ? atTarget : await remote.stat(diversion.divert)
  const diverted = diversion === null ? at : atDiverted
  return { diversion, exists: { path: at !== undefined, diverted: diverted !== undefined, target: atTarget !== undefined }, known }
}

/** dpkg's list has three lines for each: the file, where it is diverted to, and the package that it is left to. */
export const DIVERSIONS_FILE = '/var/lib/dpkg/diversions'

export const DIVERSIONS: ScriptProbe<Diversions> = {
  kind: 'script',
  key: 'diversions',
  script: `d=$(dpkg-divert --help) || exit
case $d in *--no-rename*) echo yes;; *) echo no;; esac
cat ${DIVERSIONS_FILE} 2>/dev/null; :`,
  parse: ({ status, stdout, stderr }) => {
    if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `dpkg-divert failed with status ${status}`, { rc: status })
    const [knows, ...lines] = stdout.toString('utf8').split('\n')
    // Three lines each: the path, where it is diverted to, and who holds it.
    const entries = lines.flatMap((path, index) => {
      if (index % 3 !== 0 || path === '') return []
      return [[path, { divert: lines[index + 1] ?? '', holder: lines[index + 2]?.replace(/^:$/, 'LOCAL') ?? '' }] as const]
    })
    return { paths: Object.fromEntries(entries), knowsNoRename: knows === 'yes' }
  },
  readsPaths: [DIVERSIONS_FILE],
}
