const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** A moment as a calendar shows it. The fields are those of `Date`'s UTC view, whatever the zone. */
export interface CalendarTime {
  readonly date: Date
  readonly microseconds: number
  readonly zone: { readonly name: string, readonly offset: string } | undefined
  /** Seconds since 1970. */
  readonly epoch: number
}

/** Python's `strftime` in the C locale. */
export function strftime(format: string, time: CalendarTime): string {
  return format.replace(/%(-?)([a-zA-Z%])/g, (whole, plain: string, letter: string) => {
    const text = DIRECTIVES.get(letter)?.(time)
    return text === undefined ? whole : plain === '' ? text : text.replace(/^[0 ]+(?=.)/, '')
  })
}

/** Names of months and days as `strptime` reads them, in lower case. */
export function monthNumber(name: string): number {
  return MONTHS.findIndex((month) => month.toLowerCase() === name || month.slice(0, 3).toLowerCase() === name) + 1
}

const two = (number: number): string => String(number).padStart(2, '0')
const three = (number: number): string => String(number).padStart(3, '0')
const nth = (names: readonly string[], index: number): string => names[index] ?? ''
const twelve = (hour: number): number => hour % 12 === 0 ? 12 : hour % 12

type Directive = (time: CalendarTime) => string

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map<string, Directive>([
  ['a', ({ date }) => nth(DAYS, date.getUTCDay()).slice(0, 3)],
  ['A', ({ date }) => nth(DAYS, date.getUTCDay())],
  ['b', ({ date }) => nth(MONTHS, date.getUTCMonth()).slice(0, 3)],
  ['h', ({ date }) => nth(MONTHS, date.getUTCMonth()).slice(0, 3)],
  ['B', ({ date }) => nth(MONTHS, date.getUTCMonth())],
  ['c', (time) => strftime('%a %b %e %H:%M:%S %Y', time)],
  ['C', ({ date }) => two(Math.floor(date.getUTCFullYear() / 100))],
  ['d', ({ date }) => two(date.getUTCDate())],
  ['D', (time) => strftime('%m/%d/%y', time)],
  ['e', ({ date }) => String(date.getUTCDate()).padStart(2)],
  ['f', ({ microseconds }) => String(microseconds).padStart(6, '0')],
  ['F', (time) => strftime('%Y-%m-%d', time)],
  ['g', ({ date }) => two(isoWeek(date).year % 100)],
  ['G', ({ date }) => String(isoWeek(date).year)],
  ['H', ({ date }) => two(date.getUTCHours())],
  ['I', ({ date }) => two(twelve(date.getUTCHours()))],
  ['j', ({ date }) => three(dayOfYear(date))],
  ['k', ({ date }) => String(date.getUTCHours()).padStart(2)],
  ['l', ({ date }) => String(twelve(date.getUTCHours())).padStart(2)],
  ['m', ({ date }) => two(date.getUTCMonth() + 1)],
  ['M', ({ date }) => two(date.getUTCMinutes())],
  ['n', () => '\n'],
  ['p', ({ date }) => date.getUTCHours() < 12 ? 'AM' : 'PM'],
  ['r', (time) => strftime('%I:%M:%S %p', time)],
  ['R', (time) => strftime('%H:%M', time)],
  ['s', ({ epoch }) => String(Math.floor(epoch))],
  ['S', ({ date }) => two(date.getUTCSeconds())],
  ['t', () => '\t'],
  ['T', (time) => strftime('%H:%M:%S', time)],
  ['u', ({ date }) => String((date.getUTCDay() + 6) % 7 + 1)],
  ['U', ({ date }) => two(Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7))],
  ['V', ({ date }) => two(isoWeek(date).week)],
  ['w', ({ date }) => String(date.getUTCDay())],
  ['W', ({ date }) => two(Math.floor((dayOfYear(date) + 6 - (date.getUTCDay() + 6) % 7) / 7))],
  ['x', (time) => strftime('%m/%d/%y', time)],
  ['X', (time) => strftime('%H:%M:%S', time)],
  ['y', ({ date }) => two(date.getUTCFullYear() % 100)],
  ['Y', ({ date }) => String(date.getUTCFullYear())],
  ['z', ({ zone }) => zone?.offset ?? ''],
  ['Z', ({ zone }) => zone?.name ?? ''],
  ['%', () => '%'],
])

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
}

/** A week belongs to the year that its Thursday is in. */
function isoWeek(date: Date): { readonly year: number, readonly week: number } {
  const thursday = new Date(date.getTime() + (3 - (date.getUTCDay() + 6) % 7) * 86_400_000)
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}
