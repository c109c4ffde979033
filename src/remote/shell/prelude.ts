import { ConnectionError } from '../../connection/connection.ts'
import type { Shell } from './shell.ts'

/** What was found out about a shell when it was started. */
export interface Dialect {
  readonly uid: number
  readonly gid: number
  readonly user: string
  readonly group: string
  /** GNU coreutils and findutils, or busybox's. */
  readonly tools: 'gnu' | 'busybox'
  /** bash reads its commands byte by byte, so frames should be small. */
  readonly readsByByte: boolean
}

/**
 * `_tsplay_left PID`: true when a process started after process number PID still holds the shell's output streams, or when that cannot be known.
 * Only builtins are used. Process numbers are handed out in order, so the candidates are those from PID to the last one handed out, which
 * /proc/loadavg tells (a container's may be made up, so it is tried out; ns_last_pid cannot be read by shells that read byte by byte).
 * `_tsplay_linked PATH...`: true when a path leads over symbolic links, or when that cannot be known; changes the folder, so for subshells only.
 * A user who may not look into the folder where the shell was started, as after sudo from root's home, is taken to their own: `find` and others would complain.
 * Names start with `_tsplay_` since commands run in subshells of this shell and see them.
 */
const FUNCTIONS = String.raw`
{ [ -r . ] && [ -x . ] || cd || cd /tmp || cd /; } >/dev/null 2>&1
_tsplay_last() { read -r _tsplay_fd _tsplay_fd _tsplay_fd _tsplay_fd _tsplay_last </proc/loadavg; }
_tsplay_left() {
  _tsplay_pid=$1
  [ -n "$_tsplay_pid" ] || return 0
  while _tsplay_last && [ -n "$_tsplay_last" ]; do
    [ "$_tsplay_pid" -ne "$_tsplay_last" ] || return 1
    [ "$_tsplay_pid" -lt "$_tsplay_last" ] && [ $((_tsplay_last - _tsplay_pid)) -lt 20000 ] || return 0
    while [ "$_tsplay_pid" -lt "$_tsplay_last" ]; do
      _tsplay_pid=$((_tsplay_pid + 1))
      [ ! -e "/proc/$_tsplay_pid" ] || ! _tsplay_holds "$_tsplay_pid" || return 0
    done
  done
  return 0
}
_tsplay_holds() {
  [ -r "/proc/$1/fd" ] || { [ -e "/proc/$1" ]; return; }
  for _tsplay_fd in "/proc/$1/fd/"*; do
    if [ "$_tsplay_fd" -ef /proc/self/fd/1 ] || [ "$_tsplay_fd" -ef /proc/self/fd/2 ]; then return 0; fi
  done
  return 1
}
_tsplay_linked() {
  for _tsplay_path; do
    [ ! -L "$_tsplay_path" ] || return 0
    _tsplay_dir=\${_tsplay_path%/*}
    while [ -n "$_tsplay_dir" ] && [ ! -d "$_tsplay_dir" ]; do
      case $_tsplay_dir in */*) _tsplay_dir=\${_tsplay_dir%/*};; *) return 0;; esac
    done
    [ "$_tsplay_dir" != "$_tsplay_seen" ] || continue
    cd -P -- "\${_tsplay_dir:-/}" && [ "$PWD" = "\${_tsplay_dir:-/}" ] || return 0
    _tsplay_seen=$_tsplay_dir
  done
  return 1
} 2>/dev/null
_tsplay_status() { return "$1"; }
: </dev/null >/dev/null 2>&1 &
_tsplay_pid=$!
wait
if [ -r /proc/loadavg ] && [ -e /proc/1 ] && _tsplay_last && [ "$_tsplay_last" -ge "$_tsplay_pid" ] && [ $((_tsplay_last - _tsplay_pid)) -lt 1000 ]; then :; else
  _tsplay_last() { _tsplay_last=; }
fi
`.replaceAll('\\$', '$')

/**
 * The process that asks shows in /proc who the user is. \`stat\` of GNU prints fractions of a second; that of busybox leaves the unknown
 * directive as it is or fails.
 */
const QUESTIONS = String.raw`
echo "\${BASH_VERSION:+bash}"
stat -c 'uid=%u(%U) gid=%g(%G) %.9Y' /proc/self/. 2>/dev/null </dev/null || LC_ALL=C id </dev/null
`.replaceAll('\\$', '$')

/** Sets up a fresh shell and asks what it is; whatever the login printed before is dropped. */
export async function prepare(shell: Shell): Promise<Dialect> {
  const [, answer] = await Promise.all([shell.run({ source: FUNCTIONS }), shell.run({ source: QUESTIONS })])
  const [bash = '', id = ''] = answer.stdout.toString('utf8').split('\n')
  const match = /^uid=(\d+)(?:\(([^)]*)\))? gid=(\d+)(?:\(([^)]*)\))?(?: (\d+\.\d+)$)?/.exec(id)
  if (match === null) throw new ConnectionError('unsupported', `Cannot use the shell: id says '${id}' ${answer.stderr.toString('utf8').trim()}`)
  const [, uid = '', user = uid, gid = '', group = gid, fraction] = match
  return { uid: Number(uid), gid: Number(gid), user: named(user, uid), group: named(group, gid), tools: fraction === undefined ? 'busybox' : 'gnu', readsByByte: bash === 'bash' }
}

/** What `stat` prints for a number without a name. */
function named(name: string, id: string): string {
  return name === 'UNKNOWN' ? id : name
}
