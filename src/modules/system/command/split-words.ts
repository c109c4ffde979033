import { ModuleFailure } from '../../../module/module.ts'
import { splitWords as split } from '../../../text/split-words.ts'

/** The words of a command line, as Python's `shlex.split` finds them. */
export function splitWords(line: string): string[] {
  const words = split(line)
  if (words === undefined) throw new ModuleFailure(`Cannot split '${line}' into words: a ${line.endsWith('\\') ? 'backslash ends it' : 'quote is not closed'}`)
  return words
}
