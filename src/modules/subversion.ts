import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { Remote } from '../remote/remote.ts'
import type { Effects } from '../remote/write.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'
import type { JsonObject } from '../value/value.ts'

const args = {
  repo: { type: 'str', required: true, aliases: ['name', 'repository'], description: 'Address of the repository.' },
  dest: { type: 'path', description: 'Folder of the working copy.' },
  revision: { type: 'str', default: 'HEAD', aliases: ['rev', 'version'], description: 'Revision to be at.' },
  force: { type: 'bool', default: false, description: 'Overwrite local changes, or with `export` what is there.' },
  username: { type: 'str', description: 'User for the server.' },
  password: { type: 'str', secret: true, description: 'Password for the server.' },
  executable: { type: 'path', description: 'The svn to use.' },
  export: { type: 'bool', default: false, description: 'Only the files, without a working copy; always done.' },
  checkout: { type: 'bool', default: true, description: 'Make a working copy where there is none.' },
  update: { type: 'bool', default: true, description: 'Bring a working copy that is there up to date.' },
  switch: { type: 'bool', default: true, description: 'Go over to the address where the working copy is of another.' },
  in_place: { type: 'bool', default: false, description: 'Make a working copy of a folder that is there.' },
  validate_certs: { type: 'bool', default: false, description: 'Whether the server\'s certificate must be trusted.' },
} as const

/** `ansible.builtin.subversion`: a working copy of a Subversion repository. */
export const subversion = defineModule({
  name: 'subversion',
  asksInEnvironment: true,
  summary: 'Keep a working copy of a Subversion repository at a revision.',
  args,
  examples: [
    { name: 'The trunk', args: { repo: 'svn://svn.example.com/app/trunk', dest: '/srv/trunk' } },
    { name: 'Only the files of a release', args: { repo: 'svn://svn.example.com/app/tags/1.0', dest: '/srv/1.0', export: true, force: true }, again: 'it is exported anew each time' },
  ],
  prepare: async (given): Promise<Given> => {
    if (given.dest === undefined && (given.checkout || given.update || given.export)) throw new ModuleFailure('the destination directory must be specified unless checkout=no, update=no, and export=no')
    return given
  },
  observe: (given, remote): Promise<SvnState> => remote.read(svnProbe(given)),
  diff: (given, before) => svnChange(given, before),
  apply,
  effects,
  result: (given, state) => result(given, state),
  undo: { impossible: 'the revision that was there may have to come from the server, and local changes that were overwritten are gone' },
})

type Given = ArgumentsOf<typeof args>

function effects({ dest = '/' }: Given): Effects {
  return { paths: [dest] }
}

interface SvnPlace {
  readonly revision: string
  readonly url: string
  /** Revision of the last change below it. */
  readonly changed: string
}

interface SvnState {
  readonly found: 'missing' | 'copy' | 'other'
  readonly here: SvnPlace | null
  readonly there: SvnPlace | null
  readonly modified: boolean
  readonly problem: string
}

function svnChange(given: Given, before: SvnState): Change<SvnState> | undefined {
  const { here, there } = before
  if (!isWanted(given, before)) return undefined
  refuse(given, before)
  if (isCurrent(given, before)) return undefined
  const line = (place: SvnPlace | null): string => place === null ? '' : `${place.url} ${place.revision}\n`
  return {
    before, after: { ...before, found: 'copy', here: there, modified: false },
    diff: [{ before: line(here), after: line(there) }],
    fields: given.export ? {} : { before: shown(here), after: shown(there) },
  }
}

function isCurrent(given: Given, { found, here, there, modified }: SvnState): boolean {
  if (found !== 'copy' || given.export || modified) return false
  return here?.changed === there?.changed && (!given.switch || here?.url === there?.url)
}

function isWanted(given: Given, { found }: SvnState): boolean {
  if (given.export) return true
  return found === 'missing' ? given.checkout : given.update
}

function refuse(given: Given, { found, there, modified, problem }: SvnState): void {
  if (there === null) throw new ModuleFailure(problem)
  if (given.export) return
  if (found === 'other' && !given.in_place) throw new ModuleFailure(`ERROR: ${given.dest ?? ''} folder already exists, but its not a subversion repository.`)
  if (modified && !given.force) throw new ModuleFailure('ERROR: modified files exist in the repository.')
}

function shown(place: SvnPlace | null): string[] | null {
  return place === null ? null : [`Revision: ${place.revision}`, `URL: ${place.url}`]
}

function result({ checkout, update, export: exports }: Given, { here, there }: SvnState): JsonObject {
  if (exports) return {}
  if (!checkout && !update) return { after: there === null ? null : `Revision: ${there.revision}` }
  return update ? { before: shown(here), after: shown(here) } : {}
}

async function apply(given: Given, { before }: Change<SvnState>, remote: Remote): Promise<JsonObject | undefined> {
  const { status, stdout, stderr } = await remote.exec({ script: `${program(given)}\n${steps(given, before).join(' &&\n')}` }, effects(given))
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `svn failed with status ${status}`, { rc: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') })
  return undefined
}

function steps({ dest = '', repo, revision, force, export: exports, switch: switches }: Given, { found, modified }: SvnState): readonly string[] {
  const at = ['-r', revision]
  const line = (...words: readonly string[]): string => `s ${quoteAll(words)}`
  if (exports) return [line('export', ...force ? ['--force'] : [], ...at, repo, dest)]
  if (found !== 'copy') return [line('checkout', ...found === 'other' ? ['--force'] : [], ...at, repo, dest), ...force ? [line('revert', '-R', dest)] : []]
  return [...switches ? [line('switch', ...at, repo, dest)] : [], ...modified ? [line('revert', '-R', dest)] : [], line('update', ...at, dest)]
}

/** A password goes by stdin, which svn has known since 1.10. */
function program({ executable = 'svn', username, password, validate_certs: checked }: Given): string {
  const words = [executable, '--non-interactive', '--no-auth-cache', ...checked ? [] : ['--trust-server-cert'], ...username === undefined ? [] : ['--username', username]]
  const call = password === undefined ? `${quoteAll(words)} "$@"` : `printf '%s' ${quote(password)} | ${quoteAll([...words, '--password-from-stdin'])} "$@"`
  return `LC_ALL=C.UTF-8; export LC_ALL\ncommand -v ${quote(executable)} >/dev/null || { echo 'Failed to find required executable "svn" in paths: '"$PATH" >&2; exit 127; }\ns() { ${call}; }`
}

function svnProbe(given: Given): ScriptProbe<SvnState> {
  const { dest = '', repo, revision, username, export: exports } = given
  const folder = quote(dest)
  return {
    kind: 'script',
    key: `svn:${JSON.stringify([dest, repo, revision, username, exports])}`,
    script: `${program(given)}
${dest === '' || exports ? '' : `if [ -e ${folder} ]; then
echo "F other"
s info ${folder} 2>/dev/null | sed 's/^/H /'
s status --quiet --ignore-externals ${folder} 2>/dev/null | grep -v '^[?X ]' | sed 's/^/M /'
fi`}
s info -r ${quoteAll([revision, repo])} | sed 's/^/R /'
exit 0`,
    parse: ({ status, stdout, stderr }) => {
      const lines = stdout.toString('utf8').split('\n')
      const rest = (kind: string): readonly string[] => lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(2))
      const here = placeIn(rest('H'))
      const problem = stderr.toString('utf8').trim() || `svn failed with status ${status}`
      return { found: here !== null ? 'copy' : rest('F').length > 0 ? 'other' : 'missing', here, there: placeIn(rest('R')), modified: rest('M').length > 0, problem }
    },
    ...dest === '' ? {} : { readsPaths: [dest, ...repo.startsWith('file:///') ? [repo.slice('file://'.length)] : []] },
  }
}

function placeIn(lines: readonly string[]): SvnPlace | null {
  const field = (name: string): string | undefined => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const [revision, url, changed] = [field('Revision'), field('URL'), field('Last Changed Rev')]
  return revision === undefined || url === undefined ? null : { revision, url, changed: changed ?? revision }
}
