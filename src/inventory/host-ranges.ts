/** The names that `web[01:10]`, `db[a:c]` and `n[1:9:2]` stand for; a text that says why a range makes no sense. */
export function expandHostName(name: string): readonly string[] | string {
  const open = name.indexOf('[')
  if (open === -1) return [name]
  const close = name.indexOf(']', open)
  if (close === -1) return "the bracket '[' is not closed"
  const range = rangeValues(name.slice(open + 1, close))
  if (typeof range === 'string') return range
  const tails = expandHostName(name.slice(close + 1))
  if (typeof tails === 'string') return tails
  return range.flatMap((value) => tails.map((tail) => name.slice(0, open) + value + tail))
}

function rangeValues(text: string): readonly string[] | string {
  const [first = '', last = '', step = '1'] = text.split(':')
  const problem = shapeProblem(text.split(':'))
  if (problem !== undefined) return problem
  if (isLetter(first) && isLetter(last)) return letters(first, last, Number(step))
  if (/^\d*$/.test(first) && /^\d+$/.test(last)) return numbers(first === '' ? '0' : first, last, Number(step))
  return `the ends of the host range '${text}' are neither two numbers nor two letters`
}

function shapeProblem([, last, step = '1', ...more]: readonly string[]): string | undefined {
  if (last === undefined || more.length > 0) return 'host range must be begin:end or begin:end:step'
  if (last === '') return 'host range must specify end value'
  return /^0*[1-9]\d*$/.test(step) ? undefined : `the step '${step}' of the host range is not a number above 0`
}

function isLetter(text: string): boolean {
  return /^[a-zA-Z]$/.test(text)
}

/** A leading zero sets the width: both ends must have the same. */
function numbers(first: string, last: string, by: number): readonly string[] | string {
  const width = first.length > 1 && first.startsWith('0') ? first.length : 0
  if (width > 0 && last.length !== width) return 'host range must specify equal-length begin and end formats'
  if (Number(first) > Number(last)) return BACKWARDS
  return sequence(Number(first), Number(last), by).map((value) => String(value).padStart(width, '0'))
}

function letters(first: string, last: string, by: number): readonly string[] | string {
  const from = LETTERS.indexOf(first)
  const to = LETTERS.indexOf(last)
  return from > to ? BACKWARDS : sequence(from, to, by).map((index) => LETTERS.charAt(index))
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const BACKWARDS = 'host range must have begin <= end'

function sequence(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by)
}
