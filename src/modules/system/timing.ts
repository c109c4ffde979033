/** A point of time as Python prints a naive `datetime`: `2024-05-01 12:00:00.123000`, in the control host's zone. */
export function pythonTime(time: Date): string {
  const date = `${pad(time.getFullYear(), 4)}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`
  return `${date} ${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}000`
}

/** A duration in milliseconds as Python prints a `timedelta`: `0:00:01.500000`, `1 day, 0:00:00`. */
export function pythonDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const days = Math.floor(seconds / 86_400)
  const clock = `${Math.floor(seconds % 86_400 / 3600)}:${pad(Math.floor(seconds % 3600 / 60))}:${pad(seconds % 60)}`
  const fraction = milliseconds % 1000 === 0 ? '' : `.${pad(Math.floor(milliseconds % 1000 * 1000), 6)}`
  const prefix = days === 0 ? '' : `${days} ${days === 1 ? 'day' : 'days'}, `
  return `${prefix}${clock}${fraction}`
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, '0')
}

/** Part of a backup's name: `20240501120000`. */
export function backupStamp(time: Date): string {
  return pythonTime(time).slice(0, 19).replace(/\D/g, '')
}
