import { dictGet } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import type { Filter } from '../types.ts'

/** Tables of text, as community.general makes them. */
export const TABLE_FILTERS: readonly (readonly [string, Filter])[] = [
  ['to_prettytable', ([rows = null, ...columns], named) => prettyTable(dictsOf(rows), columns, named)],
]

type Side = 'l' | 'c' | 'r'

interface Column {
  readonly key: Value
  readonly name: string
  readonly side: Side
}

function dictsOf(rows: Value): readonly Dict[] {
  if (!Array.isArray(rows)) throw failed(`a list of dictionaries is needed, not a value of type '${typeName(rows)}'`)
  return rows.map((row) => {
    if (row instanceof Map) return row
    throw failed(`all items in the list must be dictionaries, but one is of type '${typeName(row)}'`)
  })
}

function prettyTable(rows: readonly Dict[], order: readonly Value[], named: ReadonlyMap<string, Value>): string {
  const columns = columnsOf(rows, order, named)
  if (columns.length === 0) return '++\n++'
  const cells = rows.map((row) => columns.map((column) => textOf(cellOf(row, column)).split('\n')))
  const widths = columns.map(({ name }, index) => Math.max(name.length, ...cells.flatMap((row) => (row[index] ?? []).map((line) => line.length))))
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const line = (texts: readonly string[]) => `|${columns.map(({ side }, index) => ` ${aligned(texts[index] ?? '', widths[index] ?? 0, side)} `).join('|')}|`
  const body = cells.flatMap((row) => Array.from({ length: Math.max(...row.map((lines) => lines.length)) }, (_, turn) => line(row.map((lines) => lines[turn] ?? ''))))
  return [rule, line(columns.map(({ name }) => name)), rule, ...body, rule].join('\n')
}

const OPTIONS = ['column_order', 'header_names', 'column_alignments']

function columnsOf(rows: readonly Dict[], order: readonly Value[], named: ReadonlyMap<string, Value>): readonly Column[] {
  const stranger = [...named.keys()].find((name) => !OPTIONS.includes(name))
  if (stranger !== undefined) throw failed(`there is no option '${stranger}'; known are ${OPTIONS.join(', ')}`)
  const fields = rows[0] === undefined ? [] : [...rows[0].keys()]
  const keys = orderOf(order, named.get('column_order')) ?? fields
  const names = named.get('header_names') ?? null
  const headers = names === null ? keys.map(textOf) : itemsOf(names).map(textOf)
  if (rows.length > 0 && keys.length > fields.length) throw failed(`there are ${keys.length} columns, but only ${fields.length} fields`)
  if (headers.length !== keys.length) throw failed(`there are ${keys.length} columns, but ${headers.length} header names`)
  const sides = named.get('column_alignments') ?? null
  return keys.map((key, index) => ({ key, name: headers[index] ?? '', side: sideOf(sides, headers[index] ?? '') }))
}

function orderOf(positional: readonly Value[], given: Value | undefined): readonly Value[] | undefined {
  const isGiven = given !== undefined && given !== null
  if (isGiven && positional.length > 0) throw failed("columns are named one by one or by 'column_order', not both")
  if (isGiven) return itemsOf(given)
  return positional.length > 0 ? positional : undefined
}

function sideOf(sides: Value, name: string): Side {
  if (sides !== null && !(sides instanceof Map)) throw failed("'column_alignments' must be a dictionary")
  const side = textOf(sides?.get(name) ?? 'center').toLowerCase()
  const known = (['l', 'c', 'r'] as const).find((letter) => letter === side || { l: 'left', c: 'center', r: 'right' }[letter] === side)
  if (known === undefined) throw failed(`there is no alignment '${side}'; known are left, center, right`)
  return known
}

/** A key of another kind or case counts as the column's. */
function cellOf(row: Dict, { key }: Column): Value {
  const exact = dictGet(row, key)
  if (exact !== undefined) return exact
  const name = textOf(key).toLowerCase()
  return [...row].find(([other]) => textOf(other).toLowerCase() === name)?.[1] ?? ''
}

function aligned(text: string, width: number, side: Side): string {
  const excess = width - text.length
  if (side === 'l') return text.padEnd(width)
  if (side === 'r') return text.padStart(width)
  // Of an odd rest, text of odd length has the smaller half before it.
  const before = text.length % 2 === 1 ? Math.floor(excess / 2) : Math.ceil(excess / 2)
  return ' '.repeat(before) + text + ' '.repeat(excess - before)
}

function failed(reason: string): EvaluationError {
  return new EvaluationError('filter-argument', `Cannot make a table: ${reason}`)
}
