import { ModuleFailure } from '../../module/module.ts'

const FIELDS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})', y: '(?<y>\\d{2})', m: '(?<m>\\d{1,2})', d: '(?<d>\\d{1,2})', H: '(?<H>\\d{1,2})', M: '(?<M>\\d{1,2})', S: '(?<S>\\d{1,2})', '%': '%',
}

/** A date in one of strptime's formats as `2024-01-31 12:00:00`. Throws `ModuleFailure` when it does not fit. */
export function parseDate(text: string, format: string): string {
  const pattern = format.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (part, field?: string) => (field === undefined ? `\\${part}` : fieldPattern(field, format)))
  const match = new RegExp(`^${pattern}$`).exec(text)
  if (match === null) throw new ModuleFailure(`Cannot read time '${text}' in format '${format}'`)
  const { Y, y, ...parts } = match.groups ?? {}
  const two = (part: string, otherwise: string): string => (parts[part] ?? otherwise).padStart(2, '0')
  return `${fullYear(Y, y)}-${two('m', '1')}-${two('d', '1')} ${['H', 'M', 'S'].map((part) => two(part, '0')).join(':')}`
}

function fullYear(full: string | undefined, short: string | undefined): string {
  if (full !== undefined || short === undefined) return full ?? '1900'
  return String(Number(short) + (Number(short) < 69 ? 2000 : 1900))
}

function fieldPattern(field: string, format: string): string {
  const pattern = FIELDS[field]
  if (pattern === undefined) throw new ModuleFailure(`Cannot use %${field} in time format '${format}'`)
  return pattern
}
