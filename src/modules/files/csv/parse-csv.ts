import { ModuleFailure } from '../../../module/module.ts'

/** How a CSV file is written, in the terms of Python's csv module. */
export interface Dialect {
  readonly delimiter: string
  readonly skipsSpace: boolean
  readonly strict: boolean
}

interface Given {
  readonly dialect: string
  readonly delimiter: string | undefined
  readonly skipinitialspace: boolean | undefined
  readonly strict: boolean | undefined
}

/** A dialect by its name, with what is given besides. */
export function dialectOf({ dialect, delimiter, skipinitialspace, strict }: Given): Dialect {
  if (!['excel', 'excel-tab', 'unix'].includes(dialect)) throw new ModuleFailure(`Dialect '${dialect}' is not supported: it must be excel, excel-tab or unix`)
  if (delimiter !== undefined && [...delimiter].length !== 1) throw new ModuleFailure('Unable to create custom dialect: "delimiter" must be a 1-character string')
  return { delimiter: delimiter ?? (dialect === 'excel-tab' ? '\t' : ','), skipsSpace: skipinitialspace ?? false, strict: strict ?? false }
}

/** Rows of fields; an empty line is a row without fields. */
export function parseCsv(text: string, dialect: Dialect): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = []
  for (let at = 0; at < text.length;) {
    const { fields, end } = rowAt(text, at, dialect)
    rows.push(fields)
    at = end
  }
  return rows
}

function rowAt(text: string, from: number, dialect: Dialect): { readonly fields: readonly string[], readonly end: number } {
  const blank = rowEnd(text, from)
  if (blank !== undefined) return { fields: [], end: blank }
  const fields: string[] = []
  for (let at = from; ; at++) {
    const field = fieldAt(text, at, dialect)
    fields.push(field.value)
    at = field.end
    if (text[at] !== dialect.delimiter) return { fields, end: rowEnd(text, at) ?? at }
  }
}

/** Where the next row begins, if one ends here. */
function rowEnd(text: string, at: number): number | undefined {
  if (at >= text.length) return at
  if (text.startsWith('\r\n', at)) return at + 2
  return text[at] === '\n' || text[at] === '\r' ? at + 1 : undefined
}

interface Field {
  readonly value: string
  readonly end: number
}

function fieldAt(text: string, from: number, dialect: Dialect): Field {
  let start = from
  while (dialect.skipsSpace && text[start] === ' ') start++
  const quoted = text[start] === '"' ? quotedAt(text, start, dialect) : { value: '', end: start }
  let end = quoted.end
  while (text[end] !== dialect.delimiter && rowEnd(text, end) === undefined) end++
  if (dialect.strict && end > quoted.end && quoted.end > start) throw new ModuleFailure(`Unable to process file: '${dialect.delimiter}' expected after '"'`)
  return { value: quoted.value + text.slice(quoted.end, end), end }
}

function quotedAt(text: string, start: number, { strict }: Dialect): Field {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') value += text[at] ?? ''
    else if (text[at + 1] === '"') value += text[at++] ?? ''
    else return { value, end: at + 1 }
  }
  if (strict) throw new ModuleFailure('Unable to process file: unexpected end of data')
  return { value, end: text.length }
}
