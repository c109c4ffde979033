import { dirname } from 'node:path/posix'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { WantedGit } from './git-arguments.ts'
import type { GitState } from './git-probe.ts'

/** Shell source that clones, or brings a working copy up to date; its last line tells the commit. */
export function updateScript(wanted: WantedGit, state: GitState): string {
  const isNew = !state.hasRepository
  const steps = [
    wanted.setup,
    `g() { ${quote(wanted.program)} "$@"; }`,
    'fail() { echo "$1" >&2; exit 1; }',
    ...isNew ? cloneLines(wanted, state) : [`cd ${quote(wanted.dest ?? '')} || exit`],
    ...!isNew && state.isOtherPlace ? [movedLine(wanted, state)] : [],
    ...!isNew && wanted.update ? renewLines(wanted, state) : [],
    ...(isNew || wanted.update) && !wanted.bare ? [...verifyLines(wanted, state), ...switchLines(wanted, state), ...submoduleLines(wanted)] : [],
    ...archiveLines(wanted, state),
    'echo "AFTER $(g rev-parse HEAD)"',
  ]
  return steps.join('\n')
}

function cloneLines(wanted: WantedGit, state: GitState): readonly string[] {
  const { dest = '', url, remote, refspec } = wanted
  return [
    `mkdir -p -- ${quote(dirname(dest))} && ${cloneLine(wanted, state)} || fail ${quote(`Failed to clone ${url}`)}`,
    `cd ${quote(dest)} || exit`,
    ...refspec === undefined ? [] : [`g fetch ${depthWords(wanted)}${quoteAll([remote, refspec])} || fail 'Failed to fetch the refspec'`],
  ]
}

function cloneLine(wanted: WantedGit, { target }: GitState): string {
  const { bare, remote, depth, reference, single_branch: single, separate_git_dir: separate, refspec, version } = wanted
  const isNamed = refspec === undefined && ['branch', 'tag'].includes(target.kind)
  // The history of a commit cannot be cut before it is known.
  const isShallow = depth !== undefined && (refspec !== undefined || target.kind !== 'commit')
  const option = (given: boolean, ...words: readonly string[]): readonly string[] => given ? words : []
  const words = [
    ...bare ? ['--bare'] : ['--origin', remote], ...option(isShallow, '--depth', String(depth)), ...option(single, '--single-branch'),
    ...option(isNamed && (isShallow || single), '--branch', version),
    ...reference === undefined ? [] : ['--reference', reference], ...separate === undefined ? [] : [`--separate-git-dir=${separate}`],
  ]
  return `g clone ${quoteAll([...words, wanted.url, wanted.dest ?? ''])}`
}

function movedLine({ separate_git_dir: place = '' }: WantedGit, { repository }: GitState): string {
  return `mv -- ${quote(repository)} ${quote(place)} && printf 'gitdir: %s\\n' ${quote(place)} >.git || fail 'Failed to move the repository'`
}

function renewLines(wanted: WantedGit, state: GitState): readonly string[] {
  const { remote, force, refspec, depth, version } = wanted
  const { branch } = state.target
  const fetched = [fetchedRefs(wanted, state), ...refspec === undefined ? [] : [refspec]]
  return [
    ...state.modified ? ["g reset --hard HEAD || fail 'Failed to reset local changes'"] : [],
    ...state.isOtherUrl ? [`g remote set-url ${quoteAll([remote, wanted.url])} || fail 'Failed to set a new url for the remote'`] : [],
    `g fetch ${depth === undefined ? '--tags ' : depthWords(wanted)}${force ? '--force ' : ''}${quoteAll([remote, ...fetched])} || fail ${quote(`Failed to download remote objects and refs: ${wanted.url}`)}`,
    // What git remembers of the HEAD of another repository would lead astray.
    ...state.isOtherUrl && version === 'HEAD' && branch !== undefined ? [`g remote set-head ${quoteAll([remote, branch])} || :`] : [],
  ]
}

/** With a depth, only what is wanted. */
function fetchedRefs({ remote, bare, depth, version }: WantedGit, { target: { kind, branch } }: GitState): string {
  if (bare) return '+refs/heads/*:refs/heads/*'
  if (depth !== undefined && kind === 'tag') return `+refs/tags/${version}:refs/tags/${version}`
  return depth === undefined || branch === undefined ? `+refs/heads/*:refs/remotes/${remote}/*` : `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`
}

function depthWords({ depth }: WantedGit): string {
  return depth === undefined ? '' : `--depth ${depth} `
}

/** The commit that is meant is named by itself once it is known. */
function revisionOf({ version, remote }: WantedGit, { target }: GitState): string {
  return target.branch === undefined ? version : `refs/remotes/${remote}/${target.branch}`
}

function verifyLines(wanted: WantedGit, state: GitState): readonly string[] {
  const { verify_commit: verifies, gpg_allowlist: allowed, version } = wanted
  if (!verifies) return []
  const revision = quote(revisionOf(wanted, state))
  const check = `v=$(if [ "$(g cat-file -t ${revision})" = tag ]; then g verify-tag --raw ${revision} 2>&1; else g verify-commit --raw ${revision} 2>&1; fi) || fail ${quote(`Failed to verify GPG signature of commit/tag "${version}"`)}`
  if (allowed.length === 0) return [check]
  const prints = allowed.map((print) => `'[GNUPG:] VALIDSIG '${quote(print)}*`).map((pattern) => `*${pattern}`).join('|')
  return [check, `case $v in ${prints}) ;; *) fail ${quote(`The gpg_allowlist does not include the public key "fingerprint" for this commit of "${version}"`)} ;; esac`]
}

function switchLines(wanted: WantedGit, state: GitState): readonly string[] {
  const { version } = wanted
  const failing = `fail ${quote(`Failed to checkout ${version}`)}`
  const { branch } = state.target
  if (branch === undefined) return [`g checkout --force ${quote(version)} || ${failing}`]
  const from = quote(revisionOf(wanted, state))
  return [
    `if g show-ref -q --verify ${quote(`refs/heads/${branch}`)}; then g checkout --force ${quote(branch)} --; else g checkout --force --track -b ${quote(branch)} ${quote(`${wanted.remote}/${branch}`)} || g checkout --force -b ${quote(branch)} ${from}; fi || ${failing}`,
    `g reset --hard ${from} -- || fail ${quote(`Failed to reset ${branch}`)}`,
  ]
}

function submoduleLines({ recursive, track_submodules: tracks, force }: WantedGit): readonly string[] {
  if (!recursive) return []
  const words = `--init --recursive ${tracks ? '--remote ' : ''}${force ? '--force' : ''}`
  return [`if [ -e .gitmodules ]; then g submodule sync --recursive && g submodule update ${words} || fail 'Failed to init/update submodules'; fi`]
}

function archiveLines({ archive, archiveFormat, archive_prefix: prefix, version, update }: WantedGit, { target, hasRepository }: GitState): readonly string[] {
  if (archive === undefined) return []
  const what = hasRepository && !update && target.branch === undefined ? version : 'HEAD'
  return [`g archive --format=${archiveFormat ?? 'tar'} ${prefix === undefined ? '' : `--prefix=${quote(prefix)} `}--output=${quote(archive)} ${quote(what)} || fail 'Failed to perform archive operation'`]
}
