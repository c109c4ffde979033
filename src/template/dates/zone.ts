export interface Zone {
  readonly name: string
  /** `+0200` */
  readonly offset: string
  /** East of Greenwich. */
  readonly minutes: number
}

/** The zone of this machine at a moment, or UTC. */
export function zoneAt(epoch: number, utc: boolean): Zone {
  if (utc) return { name: 'UTC', offset: '+0000', minutes: 0 }
  const date = new Date(epoch * 1000)
  const minutes = -date.getTimezoneOffset()
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const offset = `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`
  const name = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value
  return { name: name ?? offset, offset, minutes }
}
