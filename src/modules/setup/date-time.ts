import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** Formats of `date`, in the order that the script prints their values. */
const FIELDS = ['epoch', 'nanoseconds', 'year', 'month', 'day', 'hour', 'minute', 'second', 'weekday', 'weekday_number', 'weeknumber', 'tz', 'tz_offset'] as const

/** `date_time`, by the host's clock and zone. All values are text. */
export function dateTimeFacts(raw: RawFacts): JsonObject {
  const words = raw.part('date').trim().split('|')
  const { nanoseconds, ...fields } = Object.fromEntries(FIELDS.map((name, index) => [name, words[index] ?? ''])) as Record<typeof FIELDS[number], string>
  const { epoch, year, month, day, hour, minute, second, tz } = fields
  // busybox has no %N.
  const micro = /^\d+$/.test(nanoseconds) ? nanoseconds.slice(0, 6) : '000000'
  const utc = new Date(Number(epoch) * 1000).toISOString().slice(0, 19)
  const basic = `${year}${month}${day}T${hour}${minute}${second}`
  return {
    date_time: {
      ...fields, epoch_int: epoch, tz_dst: tz, date: `${year}-${month}-${day}`, time: `${hour}:${minute}:${second}`,
      iso8601: `${utc}Z`, iso8601_micro: `${utc}.${micro}Z`, iso8601_basic: `${basic}${micro}`, iso8601_basic_short: basic,
    },
  }
}
