import { textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, strictText, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { pythonRegex, substitute } from '../regex/python-regex.ts'
import { orElse } from '../runtime/missing.ts'
import type { Filter } from '../types.ts'

/** Filters that use regular expressions, which are Python's. */
export const REGEX_FILTERS: readonly (readonly [string, Filter])[] = [
  ['regex_replace', replace],
  ['regex_search', search],
  ['regex_findall', findAll],
  ['regex_escape', escape],
]

function replace(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'pattern', 'replacement', 'ignorecase', 'multiline', 'count', 'mandatory_count'], args, named)
  const regex = pythonRegex(strictText(orElse(bound.pattern, () => ''), 'pattern'), { ignoreCase: flagArgument(bound.ignorecase, false), multiLine: flagArgument(bound.multiline, false) })
  const result = substitute(regex, textArgument(bound.replacement, ''), { text: textOf(bound.value ?? null), count: numberArgument(bound.count, 0) })
  const mandatory = numberArgument(bound.mandatory_count, 0)
  if (mandatory > 0 && mandatory !== result.count) throw new EvaluationError('filter-argument', `'${textArgument(bound.pattern, '')}' should match ${mandatory} times, but matches ${result.count} times in '${textOf(bound.value ?? null)}'`)
  return result.text
}

/** The match, or the groups that are named by `\\1` or `\\g<name>`, or None. */
function search([value = null, given, ...groups]: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const pattern = given ?? named.get('regex')
  const regex = pythonRegex(strictText(pattern, 'regex'), { ignoreCase: flagArgument(named.get('ignorecase'), false), multiLine: flagArgument(named.get('multiline'), false) })
  const match = regex.exec(textOf(value))
  if (match === null) return null
  return groups.length === 0 ? match[0] : groups.map((group) => groupOf(match, textOf(group)))
}

function groupOf(match: RegExpExecArray, reference: string): Value {
  const [, name, number] = /^\\(?:g<(\S+)>|(\d+))$/.exec(reference) ?? []
  const key = name ?? number
  if (key === undefined) throw new EvaluationError('filter-argument', `Unknown argument: '${reference}'`, 'Groups are written as \\1 or \\g<name>')
  return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? null
}

/** All matches: their text, or their groups when there are any. */
function findAll(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'regex', 'multiline', 'ignorecase'], args, named)
  const regex = pythonRegex(strictText(bound.regex, 'regex'), { ignoreCase: flagArgument(bound.ignorecase, false), multiLine: flagArgument(bound.multiline, false) })
  return [...textOf(bound.value ?? null).matchAll(regex)].map(([whole, ...groups]) => {
    if (groups.length === 0) return whole
    return groups.length === 1 ? groups[0] ?? '' : new Tuple(groups.map((group) => group ?? ''))
  })
}

function escape(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['string', 're_type'], args, named)
  const [text, type] = [textOf(bound.string ?? null), textArgument(bound.re_type, 'python')]
  if (type === 'python') return text.replace(/[()[\]{}?*+\-|^$\\.&~#\s]/g, (character) => ' \t\n\r\v\f'.includes(character) || /\S/.test(character) ? `\\${character}` : character)
  if (type === 'posix_basic') return text.replace(/[\][.^$*\\]/g, '\\$&')
  const reason = type === 'posix_extended' ? `Regex type (${type}) not yet implemented` : `Invalid regex type (${type})`
  throw new EvaluationError('filter-argument', reason, 'Known are: python, posix_basic')
}
