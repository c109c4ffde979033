/** The names that `web[01:10]`, `db[a:c]` and `n[1:9:2]` stand for; undefined for a range that makes no sense. */
export function expandHostName(name: string): readonly string[] | undefined {
  const open = name.indexOf('[')
  if (open === -1) return [name]
  const close = name.indexOf(']', open)
  const range = close === -1 ? undefined : rangeValues(name.slice(open + 1, close))
  const tails = close === -1 ? undefined : expandHostName(name.slice(close + 1))
  if (range === undefined || tails === undefined) return undefined
  return range.flatMap((value) => tails.map((tail) => name.slice(0, open) + value + tail))
}

function rangeValues(text: string): readonly string[] | undefined {
  const [, first = '', last = '', step = '1'] = RANGE.exec(text) ?? []
  if (last === '' || Number(step) < 1) return undefined
  return /\d/.test(last) ? numbers(first === '' ? '0' : first, last, Number(step)) : letters(first, last, Number(step))
}

const RANGE = /^(?=\d*:\d|[a-zA-Z]:[a-zA-Z])(\d*|[a-zA-Z]):(\d+|[a-zA-Z])(?::(\d+))?$/

/** A leading zero sets the width: both ends must have the same. */
function numbers(first: string, last: string, by: number): readonly string[] | undefined {
  const width = first.length > 1 && first.startsWith('0') ? first.length : 0
  if ((width > 0 && last.length !== width) || Number(first) > Number(last)) return undefined
  return sequence(Number(first), Number(last), by).map((value) => String(value).padStart(width, '0'))
}

function letters(first: string, last: string, by: number): readonly string[] | undefined {
  const from = LETTERS.indexOf(first)
  const to = LETTERS.indexOf(last)
  return from > to ? undefined : sequence(from, to, by).map((index) => LETTERS.charAt(index))
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

function sequence(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by)
}
