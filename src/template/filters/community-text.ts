import { Float } from '../../value/float.ts'
import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, required, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import { ansibleType } from './ansible-type.ts'
import { parseCsv } from '../lookups/parse-csv.ts'
import { sectionsOf } from '../lookups/sections-of.ts'
import type { Filter } from '../types.ts'

/** Filters of text, files' contents and time spans that community.general adds. */
export const COMMUNITY_TEXT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['reveal_ansible_type', ([value = null]) => ansibleType(value)],
  ['from_csv', fromCsv],
  ['from_ini', ([value = null]) => fromIni(textOf(value))],
  ['to_ini', ([value = null]) => toIni(value)],
  ['unicode_normalize', ([value = null, form]) => textOf(value).normalize(textArgument(form, 'NFC'))],
  ['to_time_unit', (args, named) => timeFilter(textOf(required(args[1] ?? named.get('unit'), 'unit')), [args[0] ?? null], named)],
  ...['milliseconds', 'seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'].map((unit): [string, Filter] => [`to_${unit}`, (args, named) => timeFilter(unit, args, named)]),
]

function fromCsv(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['data', 'dialect', 'fieldnames', 'delimiter', 'skipinitialspace', 'strict'], args, named)
  const delimiter = textArgument(bound.delimiter, textArgument(bound.dialect, 'excel') === 'excel-tab' ? '\t' : ',')
  const rows = parseCsv(textOf(bound.data ?? null), delimiter).filter((row) => row.some((field) => field !== ''))
  const trimmed = flagArgument(bound.skipinitialspace, false) ? rows.map((row) => row.map((field) => field.trimStart())) : rows
  const [header = [], ...body] = bound.fieldnames === undefined ? trimmed : [itemsOf(bound.fieldnames).map(textOf), ...trimmed]
  return body.map((row): Dict => new Map(header.map((name, index) => [name, row[index] ?? null])))
}

function fromIni(text: string): Dict {
  const sections = sectionsOf(text, { file: 'the text', caseSensitive: true, noValues: false, interpolation: true })
  return new Map([...sections].map(([name, section]): [Value, Value] => [name, new Map<Value, Value>(section)]))
}

function toIni(value: Value): string {
  if (!(value instanceof Map) || value.size === 0) throw new EvaluationError('filter-argument', 'Cannot write INI: a dict of sections is needed')
  return [...value].map(([name, section]) => {
    if (!(section instanceof Map)) throw new EvaluationError('filter-argument', `Cannot write INI: the section '${textOf(name)}' is no dict`)
    return `[${textOf(name)}]\n${[...section].map(([key, item]) => `${textOf(key)} = ${textOf(item)}\n`).join('')}`
  }).join('\n')
}

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|msecs?|milliseconds?)$/i, 'ms'], [/^(?:s|secs?|seconds?)$/i, 's'], [/^(?:m|mins?|minutes?)$/i, 'm'], [/^(?:h|hrs?|hours?)$/i, 'h'],
  [/^(?:d|days?)$/i, 'd'], [/^(?:w|weeks?)$/i, 'w'], [/^(?:mo|months?)$/i, 'mo'], [/^(?:y|years?)$/i, 'y'],
]

/** `1h 30m` in another unit. A year has 365 days and a month 30 unless told otherwise. */
function timeFilter(unit: string, [value = null]: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const [year, month] = [numberArgument(named.get('year'), 365), numberArgument(named.get('month'), 30)]
  const lengthOf = (name: string): number => {
    const key = UNITS.find(([pattern]) => pattern.test(name))?.[1]
    if (key === undefined) throw new EvaluationError('filter-argument', `Cannot use the unit of time '${name}'`)
    return key === 'y' ? year * 86_400_000 : key === 'mo' ? month * 86_400_000 : MILLISECONDS[key] ?? 1
  }
  const parts = textOf(value).trim().split(/\s+/).map((part) => /^(-?\d+(?:\.\d+)?)([a-z]+)$/i.exec(part))
  const total = parts.reduce((sum, part) => {
    if (part === null) throw new EvaluationError('filter-argument', `Cannot read '${textOf(value)}' as a span of time`, "Write it as in '1h 30m'")
    return sum + Number(part[1]) * lengthOf(part[2] ?? '')
  }, 0)
  return new Float(Number((total / lengthOf(unit)).toFixed(12)))
}
