import { splitWords } from '../text/split-words.ts'
import { ConnectionError } from './connection.ts'

/** The words of arguments for a program as they stand in a variable: quotes and backslashes count, nothing is expanded. */
export function argumentWords(text: string): readonly string[] {
  const words = splitWords(text)
  if (words === undefined) throw new ConnectionError('unsupported', `Cannot use the arguments ${text}: a quote is not closed`)
  return words
}
