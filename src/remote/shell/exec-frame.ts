import { quote, quoteAll } from '../../text/shell-quote.ts'
import type { ExecRequest } from '../exec.ts'
import type { Frame, NoteSource } from './shell.ts'
import { printSource } from './payload-source.ts'

export interface ExecFrame {
  readonly frame: Frame
  /** A process of the command still holds the shell's streams: the shell must be retired. */
  readonly leftover: () => boolean
  /** One of the given paths leads over symbolic links. */
  readonly linked: () => boolean
  /** The command's process group, once it is known; only commands with a timeout have their own. */
  readonly group: () => number | undefined
}

/** Encoded stdin up to this many characters is sent within the frame; more makes the frame the shell's last. */
export const INLINE_LIMIT = 256 * 1024

export interface ExecFrameOptions {
  readonly inlineLimit: number
  /** Paths to look for links in afterwards. */
  readonly paths: readonly string[]
}

/**
 * The frame of a command: in a subshell that may exit, change folder, trap and set what it likes, with stdin closed or fed, and the shell's own
 * output streams. What the command leaves behind could write into the answers of later frames, so the frame looks for such processes when the
 * command has ended.
 */
export function execFrame(request: ExecRequest, { inlineLimit, paths }: ExecFrameOptions): ExecFrame {
  let leftover = false
  let linked = false
  let group: number | undefined
  const stdin = stdinOf(request, inlineLimit)
  const frame: Frame = {
    source: (note) => [
      '_tsplay_last; _tsplay_first=$_tsplay_last',
      wrapStdin(commandSource(request, note), stdin),
      '_tsplay_result=$?',
      `if _tsplay_left "$_tsplay_first"; then ${note('left')}; fi`,
      ...(paths.length === 0 ? [] : [`if ( _tsplay_linked ${quoteAll(paths)} ); then ${note('linked')}; fi`]),
      '_tsplay_status "$_tsplay_result"',
    ].join('\n'),
    onNote: (text) => {
      if (text === 'left') leftover = true
      else if (text === 'linked') linked = true
      else if (text.startsWith('group=')) group = Number(text.slice('group='.length))
    },
    ...(stdin.kind === 'payload' ? { payload: stdin.bytes } : {}),
  }
  return { frame, leftover: () => leftover, linked: () => linked, group: () => group }
}

type Stdin = { readonly kind: 'none' } | { readonly kind: 'inline', readonly source: string } | { readonly kind: 'payload', readonly bytes: Uint8Array }

function stdinOf({ stdin }: ExecRequest, inlineLimit: number): Stdin {
  if (stdin === undefined || stdin.length === 0) return { kind: 'none' }
  if (stdin.length > inlineLimit) return { kind: 'payload', bytes: stdin }
  const source = printSource(stdin)
  return source.length > inlineLimit ? { kind: 'payload', bytes: stdin } : { kind: 'inline', source }
}

function wrapStdin(command: string, stdin: Stdin): string {
  if (stdin.kind === 'none') return `( ${command}\n) </dev/null`
  if (stdin.kind === 'payload') return `( ${command}\n)`
  return `${stdin.source} | ( ${command}\n)`
}

const CLEAN = 'unset _tsplay_first _tsplay_last _tsplay_pid _tsplay_result _tsplay_fd'

function commandSource(request: ExecRequest, note: NoteSource): string {
  const steps = [CLEAN]
  // The folder itself, whatever links led to it, as a process that was started there has it.
  if (request.directory !== undefined) steps.push(`cd -P -- ${quote(request.directory)} || exit`)
  for (const [name, value] of Object.entries(request.environment ?? {})) steps.push(exportSource(name, value))
  steps.push(request.executable === undefined && request.timeout === undefined ? `eval ${quote(request.script)}` : programSource(request, note))
  return steps.join('\n')
}

/** The shell's `export` takes only names; others, which `env` would allow, cannot be set. */
function exportSource(name: string, value: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`Cannot set the environment variable '${name}': not a name of the shell`)
  return `export ${name}=${quote(value)}`
}

/**
 * A program of its own: the script reaches a shell over descriptor 3, so that it is in no argv. With a timeout the program leads a process group,
 * whose number is told in a note before it starts.
 */
function programSource({ script, executable = '/bin/sh', timeout }: ExecRequest, note: NoteSource): string {
  const program = executable.split(/\s+/).filter((word) => word !== '').map(quote).join(' ')
  const lead = timeout === undefined ? '' : `read -r _tsplay_pid _tsplay_rest </proc/self/stat; ${note('group="$_tsplay_pid"')}; unset _tsplay_pid _tsplay_rest; `
  // Without setsid only the program itself can be ended.
  const session = timeout === undefined ? '' : '$(command -v setsid) '
  if (!isShell(executable)) return `{ ${lead}exec ${session}${program} -c ${quote(script)}; }`
  return `{ ${printSource(script)} | { exec 3<&0 <&4 4<&-; ${lead}exec ${session}${program} -c 'eval "exec 3<&-; $(cat <&3)"' ${quote(executable)}; }; } 4<&0`
}

function isShell(executable: string): boolean {
  return /(?:^|[/\s])(?:ba|da|a|z|k|mk)?sh$/.test(executable)
}
