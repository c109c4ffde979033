import { printSource } from '../../remote/shell/payload-source.ts'
import type { ExecRequest } from '../../remote/exec.ts'
import { quote } from '../../text/shell-quote.ts'
import type { Json } from '../../value/value.ts'

/** A command that is to go on when nobody waits for it. */
export interface DetachedJob {
  readonly name: string
  /** `ansible_async_dir`; without it the command's `ANSIBLE_ASYNC_DIR`, or `~/.ansible_async`. */
  readonly folder: string | undefined
  /** After which it is ended. */
  readonly seconds: number
  /** As the result shows it. */
  readonly cmd: Json
  readonly request: ExecRequest
}

/**
 * sh source that starts a job in a session of its own and prints the path of its status file. Everything is in files that only the user may read:
 * nothing is in an argv. The status file holds JSON from the beginning, and is replaced in one step when the job has ended.
 */
export function startSource(job: DetachedJob): string {
  return [
    '_mask=$(umask); umask 077',
    `_folder=${folderSource(job.folder)}`,
    'mkdir -p -- "$_folder" || exit 1',
    `_job=$_folder/${quote(job.name)}`,
    `${printSource(statusText(job, { started: true, finished: false }))} >"$_job" || exit 1`,
    `${printSource(job.request.script)} >"$_job.in" || exit 1`,
    `${printSource(job.request.stdin ?? '')} >"$_job.stdin" || exit 1`,
    `${printSource(keeperSource(job))} >"$_job.sh" || exit 1`,
    '$(command -v setsid) /bin/sh "$_job.sh" "$_job" "$_mask" </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &',
    'printf %s "$_job"',
  ].join('\n')
}

/** sh source of the folder that holds status files, a leading `~` expanded. */
export function folderSource(folder: string | undefined): string {
  if (folder === undefined) return '${ANSIBLE_ASYNC_DIR:-"$HOME/.ansible_async"}; case $_folder in "~/"*) _folder=$HOME/${_folder#"~/"};; esac'
  return folder.startsWith('~/') ? `"$HOME"/${quote(folder.slice(2))}` : quote(folder)
}

/** Runs the command, ends it when its time is over, and writes down how it ended. */
function keeperSource(job: DetachedJob): string {
  const { request: { environment = {}, directory, executable = '/bin/sh' } } = job
  const program = executable.split(/\s+/).filter((word) => word !== '').map(quote).join(' ')
  const inside = [
    'umask "$2"',
    ...(directory === undefined ? [] : [`cd -P -- ${quote(directory)} || exit`]),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`),
    `exec $_setsid ${program} "$_job.in"`,
  ]
  return `
trap '' HUP
_job=$1 _setsid=$(command -v setsid)
rm -f -- "$0"
_start=$(date +%s.%N)
( ${inside.join('\n')}
) <"$_job.stdin" >"$_job.out" 2>"$_job.err" &
_pid=$!
( sleep ${job.seconds}
: >"$_job.late"
kill -TERM "-$_pid" || kill -TERM "$_pid"
sleep 1
kill -KILL "-$_pid" ) 2>/dev/null &
_dog=$!
wait "$_pid"
_rc=$?
_end=$(date +%s.%N)
_late=false
[ ! -e "$_job.late" ] || _late=true
_encoded() { base64 <"$1" | tr -d '\\n'; }
{ ${printSource(statusText(job, { started: true, finished: true }).slice(0, -1))}
printf ', "rc": %s, "late": %s, "start": "%s", "end": "%s", "stdout_base64": "%s", "stderr_base64": "%s"}' "$_rc" "$_late" "$_start" "$_end" "$(_encoded "$_job.out")" "$(_encoded "$_job.err")"
} >"$_job.new" && mv -f -- "$_job.new" "$_job"
rm -f -- "$_job.in" "$_job.stdin" "$_job.out" "$_job.err" "$_job.late"
if [ -n "$_setsid" ]; then trap '' TERM; kill -TERM "-$$"; else kill "$_dog"; fi
`
}

function statusText({ name, cmd, seconds }: DetachedJob, state: { readonly started: boolean, readonly finished: boolean }): string {
  return JSON.stringify({ ansible_job_id: name, cmd, seconds, ...state })
}
