import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { WantedGit } from './git-arguments.ts'
import { parseRefs, targetOf, type Target } from './remote-refs.ts'

/** A working copy and the repository that it is of. */
export interface GitState {
  readonly hasRepository: boolean
  /** The commit that is there, and the one that is to be. */
  readonly before: string | null
  readonly after: string | null
  readonly target: Target
  /** Files that git knows were changed by someone. */
  readonly modified: boolean
  readonly isOtherUrl: boolean
  readonly isOtherPlace: boolean
  /** Where the repository is now. */
  readonly repository: string
  /** Submodules that are not where they are to be. */
  readonly submodules: boolean
  readonly hasArchive: boolean
  readonly problem?: string
}

/** Looks at the working copy, and asks the repository where the version is: nothing is fetched for that. */
export function gitProbe(wanted: WantedGit): ScriptProbe<GitState> {
  const { dest, version, remote, bare, update, separate_git_dir: separate, archive, track_submodules: tracks, recursive } = wanted
  return {
    kind: 'script',
    key: `git:${JSON.stringify([
      dest, wanted.repo, version, remote, bare, update, separate, archive, wanted.archive_prefix, tracks, recursive, wanted.setup, wanted.refspec, wanted.verify_commit,
    ])}`,
    script: `${wanted.setup}${LEARNS_KEYS.test(wanted.setup) ? KEEP_KEYS : ''}
command -v ${quote(wanted.program)} >/dev/null || { echo 'Failed to find required executable "git" in paths: '"$PATH" >&2; exit 127; }
g() { ${quote(wanted.program)} "$@"; }
${dest === undefined ? 'has=' : lookScript(wanted, dest)}
${update ? '' : '[ -n "$has" ] || '}g ls-remote --symref ${quoteAll([wanted.url, 'HEAD', version, `${version}^{}`])} | sed 's/^/R /'
exit 0`,
    parse: ({ status, stdout, stderr }) => parse(wanted, { status, text: stdout.toString('utf8'), errors: stderr.toString('utf8').trim() }),
    ...dest === undefined ? {} : { readsPaths: [dest, archive, separate, localPath(wanted.url)].filter((path) => path !== undefined) },
  }
}

/** Whether ssh notes the keys of hosts that it does not know. */
const LEARNS_KEYS = /StrictHostKeyChecking=(?:no|accept-new)/

/** Who only asks leaves nothing behind: ssh notes what it learns in a copy. */
const KEEP_KEYS = `
known=$(mktemp) && trap 'rm -f -- "$known"' EXIT && { cat ~/.ssh/known_hosts >"$known" 2>/dev/null; GIT_SSH_COMMAND="$GIT_SSH_COMMAND -o UserKnownHostsFile=$known"; }`

/** A repository of the host itself, which another task may change. */
function localPath(url: string): string | undefined {
  return url.startsWith('file:///') ? url.slice('file://'.length) : undefined
}

function lookScript(wanted: WantedGit, dest: string): string {
  const { version, remote, bare, recursive, track_submodules: tracks, archive, archiveFormat, archive_prefix: prefix, program, verify_commit: verifies } = wanted
  const folder = quote(dest)
  const archived = archive === undefined ? '' : `if [ -f ${quote(archive)} ]; then g -C ${folder} archive --format=${archiveFormat ?? 'tar'} ${prefix === undefined ? '' : `--prefix=${quote(prefix)} `}HEAD | cmp -s - ${quote(archive)} && echo "A same"; fi`
  const submodules = `if [ -e ${folder}/.gitmodules ]; then
g -C ${folder} submodule status --recursive 2>/dev/null | grep -q '^[-+]' && echo "S differ"
${tracks ? `g -C ${folder} submodule foreach --quiet 'b=$(git config -f "$toplevel/.gitmodules" "submodule.$name.branch" || echo HEAD); [ "$(git ls-remote origin "$b" | head -n 1 | cut -f 1)" = "$(git rev-parse HEAD)" ] || echo "S $name"'` : ''}
fi`
  return `d=${folder}; has=
r=${bare ? '"$d"' : '"$d/.git"'}
if [ -f "$r" ]; then
  l=$(cat "$r"); case $l in 'gitdir: '*) r=\${l#gitdir: }; case $r in /*) ;; *) r=$d/$r ;; esac ;; *) r=/dev/null/bad ;; esac
  [ -d "$r" ] || { echo "X $l"; exit 0; }
fi
if [ -e "$r/config" ]; then
  has=1; echo "G $(cd "$r" && pwd -P)"
  echo "H $(g -C "$d" rev-parse -q --verify HEAD)"
  echo "U $(g -C "$d" config --get ${quote(`remote.${remote}.url`)})"
  echo "V $(g -C "$d" rev-parse -q --verify ${quote(`${version}^{commit}`)} 2>/dev/null)"
  ${bare ? '' : `g -C "$d" status --porcelain --untracked-files=no 2>/dev/null | grep -q . && echo "L changed"`}
  ${recursive && !bare ? submodules : ''}
  ${archived}
  ${verifies ? `g -C "$d" verify-commit HEAD >/dev/null 2>&1 || ${quote(program)} -C "$d" verify-tag ${quote(version)} >/dev/null 2>&1 || echo "N unsigned"` : ''}
fi`
}

interface Said {
  readonly status: number
  readonly text: string
  readonly errors: string
}

function parse(wanted: WantedGit, { status, text, errors }: Said): GitState {
  const lines = text.split('\n').map((line) => [line.slice(0, 1), line.slice(2)] as const)
  const first = (kind: string): string | undefined => lines.find(([is]) => is === kind)?.[1]
  const refs = parseRefs(lines.flatMap(([kind, rest]) => kind === 'R' ? [rest] : []))
  const has = (kind: string): boolean => first(kind) !== undefined
  const target = targetOf(wanted.version, { refs, known: first('V') })
  const hasRepository = has('G')
  const repository = first('G') ?? ''
  const problem = problemOf(wanted, { status, errors, bad: first('X'), target, hasRepository, isUnasked: refs.commits.size === 0 })
  const before = first('H') || null
  return {
    hasRepository, before, target,
    after: hasRepository && !wanted.update ? before : target.sha ?? null,
    modified: has('L'), submodules: has('S'), hasArchive: has('A'), repository,
    isOtherUrl: hasRepository && !isSameUrl(wanted.url, first('U')),
    isOtherPlace: hasRepository && (wanted.separate_git_dir ?? repository) !== repository,
    ...problem === undefined ? {} : { problem },
  }
}

interface Trouble extends Omit<Said, 'text'> {
  readonly bad: string | undefined
  readonly target: Target
  readonly hasRepository: boolean
  readonly isUnasked: boolean
}

function problemOf({ version, url, update, refspec }: WantedGit, { status, errors, bad, target, hasRepository, isUnasked }: Trouble): string | undefined {
  if (bad !== undefined) return 'Current repo does not have a valid reference to a separate Git dir or it refers to the invalid path'
  if (status !== 0) return errors || `git failed with status ${status}`
  if (hasRepository && !update) return undefined
  if (isUnasked && /fatal:|ERROR:/.test(errors)) return `Failed to list references of ${url}: ${errors}`
  return target.kind === 'unknown' && refspec === undefined ? `Could not determine remote revision for ${version}` : undefined
}

/** The same repository in any spelling. */
function isSameUrl(wanted: string, found: string | undefined): boolean {
  return found !== undefined && plainUrl(found) === plainUrl(wanted)
}

function plainUrl(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/\/+$/, '')
}
