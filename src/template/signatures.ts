import type { Value } from '../value/value.ts'
import { typeName } from '../value/type-name.ts'
import { bind, required } from './arguments.ts'
import { EvaluationError } from './evaluation-error.ts'

/**
 * Parameters of built-in filters and tests that take their arguments by place: `?` marks what may be left out, `:text` what must
 * be text. All others look at their arguments themselves.
 */
const FILTERS: readonly (readonly [string, string])[] = [
  ['length count abs items quote wordcount bool type_debug string lower upper capitalize title', 'value'],
  ['first last list reverse safe e escape forceescape striptags pprint urlencode', 'value'],
  ['union intersect difference symmetric_difference', 'a b'],
  ['combinations', 'iterable r'],
  ['permutations', 'iterable r?'],
  ['attr', 'obj name'],
  ['from_json', 'a profile?'],
  ['hash', 'data hashtype?'],
  ['md5 sha1 checksum', 'data'],
  ['basename dirname expanduser expandvars realpath normpath splitext win_basename win_dirname win_splitdrive', 'path:text'],
  ['relpath', 'path:text start?:text'],
  ['fileglob', 'pathname:text'],
  ['path_join commonpath', 'paths'],
  ['urldecode', 'string:text encoding? errors?'],
  ['ternary', 'value true_val false_val none_val?'],
  ['from_yaml from_yaml_all', 'data'],
  ['trim', 'value chars?:text'],
  ['urlsplit', 'value:text query? alias?'],
  ['strftime', 'string_format:text second? utc?'],
  ['to_datetime', 'string:text format?:text'],
  ['indent', 's:text width? first? blank?'],
  ['wordwrap', 's:text width? break_long_words? wrapstring? break_on_hyphens?'],
  ['groupby', 'value attribute default? case_sensitive?'],
]

const TESTS: readonly (readonly [string, string])[] = [
  ['defined undefined none string number integer float boolean true false mapping sequence iterable callable escaped lower upper any all odd even nan isnan', 'value'],
  ['failed failure succeeded success successful changed change skipped skip unreachable reachable timedout finished started', 'result'],
  ['file is_file directory is_dir link is_link exists link_exists mount is_mount abs is_abs', 'path:text'],
  ['same_file is_same_file', 'f1:text f2:text'],
  ['vaulted_file', 'value:text'],
  ['eq equalto ne lt lessthan le gt greaterthan ge subset issubset superset issuperset', 'a b'],
  ['sameas', 'value other'],
  ['in', 'value seq'],
  ['contains', 'seq value'],
  ['divisibleby', 'value num'],
  ['truthy falsy', 'value convert_bool?'],
  ['uri url', 'value schemes?'],
  ['urn vault_encrypted', 'value'],
]

type Called<Context, Result> = (args: readonly Value[], named: ReadonlyMap<string, Value>, context: Context) => Result

interface Parameter {
  readonly name: string
  readonly isRequired: boolean
  readonly isText: boolean
}

/** Filters or tests that refuse what they have no parameter for, and take every parameter by name, too. */
export function checked<Context, Result>(kind: 'filters' | 'tests', entries: Iterable<readonly [string, Called<Context, Result>]>): Map<string, Called<Context, Result>> {
  const signatures = new Map((kind === 'filters' ? FILTERS : TESTS).flatMap(([names, text]) => names.split(' ').map((name) => [name, text] as const)))
  return new Map([...entries].map(([name, call]) => {
    const signature = signatures.get(name)
    return [name, signature === undefined ? call : withSignature(call, signature)]
  }))
}

function withSignature<Context, Result>(call: Called<Context, Result>, signature: string): Called<Context, Result> {
  const parameters = signature.split(' ').map(parameterOf)
  const names = parameters.map(({ name }) => name)
  return (args, named, context) => {
    const placed = named.size === 0 && args.length <= names.length ? args : inPlaces(names, args, named)
    for (const [index, parameter] of parameters.entries()) check(placed[index], parameter)
    return call(placed, NOTHING, context)
  }
}

function check(value: Value | undefined, { name, isRequired, isText }: Parameter): void {
  if (value === undefined && isRequired) required(value, name)
  const isLeftOut = value === undefined || value === null && !isRequired
  if (isText && !isLeftOut && typeof value !== 'string') throw noText(value, name)
}

const NOTHING: ReadonlyMap<string, Value> = new Map()

/** What is left out is a hole in the list. */
function inPlaces(names: readonly string[], args: readonly Value[], named: ReadonlyMap<string, Value>): readonly Value[] {
  const bound = bind(names, args, named)
  const placed: Value[] = []
  for (const [index, name] of names.entries()) {
    const value = bound[name]
    if (value !== undefined) placed[index] = value
  }
  return placed
}

function parameterOf(text: string): Parameter {
  const [, name = text, optional, type] = /^(\w+)(\?)?(?::(text))?$/.exec(text) ?? []
  return { name, isRequired: optional === undefined, isText: type !== undefined }
}

function noText(value: Value, name: string): EvaluationError {
  return new EvaluationError('filter-argument', `Cannot use a value of type '${typeName(value)}' as '${name}': text is needed`)
}
