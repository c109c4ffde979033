import { printSource } from '../../remote/shell/payload-source.ts'
import { quote, quoteAll } from '../../text/shell-quote.ts'
import type { Interpreter } from './shebang.ts'

export interface ExecutableRun {
  /** Checksum of the file. */
  readonly sum: string
  /** `remote_tmp` */
  readonly folder: string
  /** Undefined for binaries, which run themselves. */
  readonly interpreter: Interpreter | undefined
  /** What is in the file of arguments; undefined where the module has them in itself. */
  readonly args: string | undefined
  /** Printed instead of the module's output where its file, or its interpreter, is not there. */
  readonly absent: string
  readonly homeless: string
  /** The file arrives on standard input. */
  readonly arrives: boolean
}

/** sh source that runs a module's file, kept on the host under its checksum. Arguments are in a file that only the user may read, and in no argv. */
export function executableSource({ sum, folder, interpreter, args, absent, homeless, arrives }: ExecutableRun): string {
  return [
    '_mask=$(umask); umask 077',
    `_folder=${folder.startsWith('~/') ? `"$HOME"/${quote(folder.slice(2))}` : quote(folder)}`,
    'mkdir -p -- "$_folder" 2>/dev/null; [ -O "$_folder" ] && [ -w "$_folder" ] || { _folder=${TMPDIR:-/tmp}/tsplay-$(id -u); mkdir -p -- "$_folder"; [ -O "$_folder" ]; } || exit',
    `_module=$_folder/tsplay-${sum}`,
    ...arrives ? ['cat >"$_module.$$" && chmod 700 "$_module.$$" && mv -f -- "$_module.$$" "$_module" || exit'] : [`[ -f "$_module" ] && [ -O "$_module" ] || { printf %s ${quote(absent)}; exit 0; }`],
    ...interpreterSource(interpreter, homeless),
    ...args === undefined ? [] : ['_args=$(mktemp -d "$_folder/tsplay-XXXXXX") || exit', "trap 'rm -rf -- \"$_args\"' EXIT", `${printSource(args)} >"$_args/args" || exit`],
    ...args === undefined ? ["trap 'rm -f -- \"$_module\"' EXIT"] : [],
    'umask "$_mask"',
    `${interpreter === undefined ? '' : `$_interpreter ${quoteAll(interpreter.words)} `}"$_module"${args === undefined ? '' : ' "$_args/args"'} </dev/null`,
    'exit $?',
  ].join('\n')
}

function interpreterSource(interpreter: Interpreter | undefined, homeless: string): readonly string[] {
  if (interpreter === undefined) return []
  return [
    `for _interpreter in ${quoteAll(interpreter.programs)}; do`,
    'case $_interpreter in "~/"*) _interpreter=$HOME/${_interpreter#"~/"};; esac',
    'command -v "${_interpreter%% *}" >/dev/null 2>&1 && break; _interpreter=; done',
    `[ -n "$_interpreter" ] || { printf %s ${quote(homeless)}; exit 0; }`,
  ]
}
