import { readFileSync } from 'node:fs'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { flagArgument, numberArgument, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { pythonRegex } from '../regex/python-regex.ts'
import type { CallContext, Lookup } from '../types.ts'
import { requireFile } from './find-file.ts'
import { keyValues } from './key-values.ts'
import { parseCsv } from './parse-csv.ts'
import { parseSections } from './parse-sections.ts'

/** Lookups of values in files of rows or keys. */
export const TABLE_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['csvfile', (terms, named, context) => terms.flatMap((term) => csvValue(textOf(term), named, context))],
  ['ini', (terms, named, context) => terms.flatMap((term) => iniValues(textOf(term), named, context))],
]

/** Options may stand in the term too: `key file=a.csv delimiter=,`. */
function inlineOptions(term: string, named: ReadonlyMap<string, Value>): { readonly key: string, readonly options: ReadonlyMap<string, Value> } {
  const { free, options } = keyValues(term)
  return { key: free, options: new Map<string, Value>([...named, ...options]) }
}

function csvValue(term: string, named: ReadonlyMap<string, Value>, context: CallContext): Value[] {
  const { key, options } = inlineOptions(term, named)
  if (key === '') throw new EvaluationError('lookup-failed', 'Cannot search a CSV file without a key')
  const delimiter = textArgument(options.get('delimiter'), 'TAB')
  const text = readFileSync(requireFile(textArgument(options.get('file'), 'ansible.csv'), 'files', context), 'utf8')
  const row = parseCsv(text, delimiter === 'TAB' ? '\t' : delimiter).find((each) => each[numberArgument(options.get('keycol'), 0)] === key)
  const value = row === undefined ? options.get('default') : row[numberArgument(options.get('col'), 1)]
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

function iniValues(term: string, named: ReadonlyMap<string, Value>, context: CallContext): Value[] {
  const { key, options } = inlineOptions(term, named)
  const file = textArgument(options.get('file'), 'ansible.ini')
  const isProperties = textArgument(options.get('type'), 'ini') === 'properties'
  const text = readFileSync(requireFile(file, 'files', context), 'utf8')
  const caseSensitive = flagArgument(options.get('case_sensitive'), false)
  const sections = parseSections(isProperties ? `[java_properties]\n${text}` : text, { caseSensitive })
  const name = isProperties ? 'java_properties' : textArgument(options.get('section'), 'global')
  const section = sections.get(name)
  if (section === undefined) throw new EvaluationError('lookup-failed', `Cannot find the section '${name}' in ${file}`)
  if (flagArgument(options.get('re'), false)) return [...section].filter(([each]) => pythonRegex(key, { anchor: 'match' }).test(each)).map(([, value]) => value)
  return [section.get(caseSensitive ? key : key.toLowerCase()) ?? options.get('default') ?? '']
}
