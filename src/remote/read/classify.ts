import { quoteAll } from '../../text/shell-quote.ts'
import { CommandError } from '../remote.ts'

/** What a path is for someone who wants to read it as a file. */
export type FileClass = 'file' | 'missing' | 'other' | 'unreadable'

const CLASSES: Readonly<Record<string, FileClass>> = { f: 'file', m: 'missing', o: 'other', u: 'unreadable' }

const REASONS: Readonly<Record<Exclude<FileClass, 'file' | 'missing'>, string>> = {
  other: 'not a regular file', unreadable: 'permission denied',
}

/** Prints one letter for each path and a newline, and leaves the readable files in `$@`; builtins only. */
export function classifySource(paths: readonly string[]): string {
  return `set --; for p in ${quoteAll(paths)}; do
if [ -f "$p" ]; then if [ -r "$p" ]; then c=f; set -- "$@" "$p"; else c=u; fi; elif [ -e "$p" ]; then c=o; else c=m; fi
printf %s $c; done; echo`
}

/** Reads the letters; the result's `rest` is what comes after their line. */
export function readClasses(output: Buffer): { readonly classes: readonly FileClass[], readonly rest: Buffer } {
  const end = output.indexOf('\n')
  return { classes: [...output.toString('latin1', 0, end)].map((letter) => CLASSES[letter] ?? 'missing'), rest: output.subarray(end + 1) }
}

/** Why a path that is there cannot be read. */
export function readError(path: string, kind: Exclude<FileClass, 'file' | 'missing'>): CommandError {
  return new CommandError(`read ${path}`, { status: 1, stdout: Buffer.alloc(0), stderr: Buffer.from(REASONS[kind]) })
}
