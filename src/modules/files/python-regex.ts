import { ModuleFailure } from '../../module/module.ts'
import { EvaluationError } from '../../template/evaluation-error.ts'
import * as python from '../../template/regex/python-regex.ts'

export interface RegexOptions {
  readonly multiline?: boolean
  readonly dotAll?: boolean
}

/** An argument that is a Python regular expression, as a JavaScript one; `g` and `d` are always set. */
export function pythonRegex(source: string, { multiline = false, dotAll = false }: RegexOptions = {}): RegExp {
  return orFailure(() => python.pythonRegex(dotAll ? `(?s)${source}` : source, { multiLine: multiline }))
}

/** The first match anywhere in a text, as `re.search`. */
export function searchRegex(regex: RegExp, text: string): RegExpExecArray | null {
  regex.lastIndex = 0
  return regex.exec(text)
}

/** A replacement in Python's notation (`\1`, `\g<name>`, `\n`) filled in from a match. */
export function expandReplacement(template: string, match: RegExpExecArray): string {
  return orFailure(() => python.expandReplacement(template, match))
}

function orFailure<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof EvaluationError ? new ModuleFailure(error.message) : error
  }
}
