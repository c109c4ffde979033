import { ModuleFailure } from '../../../module/module.ts'

/** One statement of a dump, without the semicolon and the comments before it. */
export interface Statement {
  readonly text: string
  /** Line of the dump where it begins, from 1. */
  readonly line: number
}

/** Something is wrong with a dump: the message names the place. */
export class DumpError extends ModuleFailure {
  constructor(dump: string, { text, line }: Statement, why: string) {
    super(`Cannot use the dump ${dump}: line ${line}: ${why}`, { dump, line, statement: excerpt(text) })
  }
}

/** Enough of a statement to recognize it. */
export function excerpt(text: string): string {
  const [first = ''] = text.split('\n')
  return first.length > 200 ? `${first.slice(0, 200)}...` : first
}
