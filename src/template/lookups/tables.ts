import { readFileSync } from 'node:fs'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { optionFlag, numberArgument, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { pythonRegex } from '../regex/python-regex.ts'
import type { CallContext, Lookup } from '../types.ts'
import { decodeText } from './decode-text.ts'
import { requireFile } from './find-file.ts'
import { keyValues } from './key-values.ts'
import { parseCsv } from './parse-csv.ts'
import { sectionsOf } from './sections-of.ts'

/** Lookups of values in files of rows or keys. */
export const TABLE_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['csvfile', (terms, named, context) => searchKeys(terms).flatMap((term) => csvValue(textOf(term), named, context))],
  ['ini', (terms, named, context) => terms.flatMap((term) => iniValues(textOf(term), named, context))],
]

/** Options may stand in the term too: `key file=a.csv delimiter=,`. */
function inlineOptions(term: string, named: ReadonlyMap<string, Value>, known: readonly string[]): { readonly key: string, readonly options: ReadonlyMap<string, Value> } {
  const { free, options } = keyValues(term)
  const stranger = [...options.keys()].find((name) => !known.includes(name))
  if (stranger !== undefined) throw new EvaluationError('lookup-failed', `${stranger} is not a valid option`, `Known are: ${known.join(', ')}`)
  return { key: free, options: new Map<string, Value>([...named, ...options]) }
}

const CSV_OPTIONS = ['file', 'delimiter', 'encoding', 'default', 'col', 'keycol']
const INI_OPTIONS = ['file', 'type', 'section', 're', 'encoding', 'default', 'case_sensitive', 'allow_no_value', 'allow_none', 'interpolation']

function searchKeys(terms: readonly Value[]): readonly Value[] {
  if (terms.length === 0) throw new EvaluationError('lookup-failed', 'Search key is required but was not found')
  return terms
}

function csvValue(term: string, named: ReadonlyMap<string, Value>, context: CallContext): Value[] {
  const { key, options } = inlineOptions(term, named, CSV_OPTIONS)
  if (key === '') throw new EvaluationError('lookup-failed', 'Search key is required but was not found')
  const delimiter = textArgument(options.get('delimiter'), 'TAB').replace(/^\\t$/, '\t')
  const text = readEncoded(requireFile(textArgument(options.get('file'), 'ansible.csv').replace(/,$/, ''), 'files', context), options.get('encoding'))
  const column = (name: string, fallback: number) => numberArgument(withoutComma(options.get(name)), fallback)
  const row = parseCsv(text, delimiter === 'TAB' ? '\t' : delimiter).find((each) => each[column('keycol', 0)] === key)
  const value = row === undefined ? options.get('default') : row[column('col', 1)]
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

/** `col=2, default=x` is a habit from other lookups. */
function withoutComma(value: Value | undefined): Value | undefined {
  return typeof value === 'string' ? value.replace(/,$/, '') : value
}

function iniValues(term: string, named: ReadonlyMap<string, Value>, context: CallContext): readonly Value[] {
  const { key, options } = inlineOptions(term, named, INI_OPTIONS)
  if (key === '') throw new EvaluationError('lookup-failed', 'No key to lookup was provided as first term with in string inline options')
  const section = sectionOf(options, context)
  if (optionFlag(options.get('re'), false)) return [...section].filter(([each]) => pythonRegex(key, { anchor: 'match' }).test(each)).map(([, value]) => value ?? '')
  const value = section.get(optionFlag(options.get('case_sensitive'), false) ? key : key.toLowerCase())
  return value === null ? [] : [value ?? options.get('default') ?? '']
}

function sectionOf(options: ReadonlyMap<string, Value>, context: CallContext): ReadonlyMap<string, string | null> {
  const file = textArgument(options.get('file'), 'ansible.ini')
  const isProperties = textArgument(options.get('type'), 'ini') === 'properties'
  const text = readEncoded(requireFile(file, 'files', context), options.get('encoding'))
  const sections = sectionsOf(isProperties ? `[java_properties]\n${text}` : text, {
    file,
    caseSensitive: optionFlag(options.get('case_sensitive'), false),
    noValues: optionFlag(options.get('allow_no_value') ?? options.get('allow_none'), false),
    interpolation: optionFlag(options.get('interpolation'), true),
  })
  const name = isProperties ? 'java_properties' : textArgument(options.get('section'), 'global')
  const section = sections.get(name)
  if (section === undefined) throw new EvaluationError('lookup-failed', `No section '${name}' in ${file}`)
  return section
}

function readEncoded(path: string, encoding: Value | undefined): string {
  return decodeText(readFileSync(path), textArgument(encoding, 'utf-8'))
}
