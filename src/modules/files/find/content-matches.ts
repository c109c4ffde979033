import { linesOf } from '../edit/lines.ts'
import { pythonRegex, searchRegex } from '../python-regex.ts'

export interface ContentSearch {
  readonly contains: string
  readonly whole: boolean
  readonly encoding: string | undefined
}

/** Content that is no text of the encoding; `PATH` in the message stands for the file. */
export class EncodingProblem extends Error {
  readonly kind = 'encoding'
}

/** Whether an expression matches at the begin of a line, or with `whole` anywhere in the content. Throws `EncodingProblem`. */
export function contentMatches(content: Buffer | undefined, { contains, whole, encoding }: ContentSearch): boolean {
  if (content === undefined) return false
  const [text, regex] = [decoded(content, encoding), pythonRegex(contains)]
  if (whole) return searchRegex(regex, text) !== null
  return linesOf(text).some((line) => searchRegex(regex, line)?.index === 0)
}

function decoded(content: Buffer, encoding: string | undefined): string {
  const decoder = decoderOf(encoding)
  try {
    return decoder.decode(content)
  } catch {
    throw new EncodingProblem(`Failed to read the file PATH due to an encoding error. current encoding: ${encoding ?? 'None (default determined by the Python built-in function "open")'}`)
  }
}

function decoderOf(encoding = 'utf-8'): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  } catch {
    throw new EncodingProblem(`unknown encoding: ${encoding}`)
  }
}
