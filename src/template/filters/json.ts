import type { Value } from '../../value/value.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import { flagArgument, strictText } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { orElse } from '../runtime/missing.ts'
import type { Filter } from '../types.ts'
import { dumpJson } from './json-dump.ts'
import { parseJson } from './json-parse.ts'

/** Filters that read and write JSON. */
export const JSON_FILTERS: readonly (readonly [string, Filter])[] = [
  ['to_json', ([value = null], named) => dumpJson(value, options(named, { sortKeys: false }))],
  ['to_nice_json', ([value = null, indent], named) => dumpJson(value, options(indent === undefined ? named : new Map([...named, ['indent', indent]]), { sortKeys: true, indent: 4 }))],
  ['from_json', ([value = null]) => fromJsonText(value)],
  ['tojson', ([value = null, indent], named) => htmlSafe(dumpJson(value, options(indent === undefined ? named : new Map([...named, ['indent', indent]]), { sortKeys: true })))],
]

/** Of Python's json.dumps, and Ansible's own. */
const OPTIONS: ReadonlySet<string> = new Set(['indent', 'sort_keys', 'ensure_ascii', 'separators', 'skipkeys', 'check_circular', 'allow_nan', 'default', 'cls', 'profile', 'vault_to_text', 'preprocess_unsafe'])

function options(named: ReadonlyMap<string, Value>, defaults: { readonly sortKeys: boolean, readonly indent?: number }): Parameters<typeof dumpJson>[1] {
  for (const name of named.keys()) if (!OPTIONS.has(name)) throw new EvaluationError('filter-argument', `Cannot take an argument named '${name}'`, `Known are: ${[...OPTIONS].join(', ')}`)
  const indent = orElse(named.get('indent'), () => defaults.indent ?? null)
  return {
    sortKeys: flagArgument(named.get('sort_keys'), defaults.sortKeys),
    ensureAscii: flagArgument(named.get('ensure_ascii'), true),
    indent: indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(Number(indent)),
    separators: separatorsOf(named.get('separators'), indent !== null || defaults.indent !== undefined),
  }
}

function separatorsOf(given: Value | undefined, indented: boolean): readonly [string, string] {
  if (given === undefined || given === null) return [indented ? ',' : ', ', ': ']
  const [item = ', ', key = ': '] = Array.isArray(given) ? given : 'items' in Object(given) ? (given as { readonly items: readonly Value[] }).items : []
  return [textOf(item), textOf(key)]
}

function fromJsonText(value: Value): Value {
  if (typeof value !== 'string') throw new EvaluationError('filter-argument', `Cannot read a value of type '${typeName(value)}' as JSON: it needs text`, 'The value may be data already')
  return parseJson(strictText(value, 'value'))
}

/** Safe inside HTML, as Jinja's own filter makes it. */
function htmlSafe(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026').replaceAll("'", '\\u0027')
}

