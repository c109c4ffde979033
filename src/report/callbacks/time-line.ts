const WIDTH = 79

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** Seconds since the task before, and since the beginning. */
export interface Elapsed {
  readonly step: number
  readonly total: number
}

/** `Sunday 22 November 2026  22:13:43 +0000 (0:00:00.019)       0:00:00.019 ******* `: what profiling callbacks print before each task. */
export function timeLine(now: Date, { step, total }: Elapsed): string {
  return filled(`${dateText(now)} (${clock(step)})       ${clock(total)}`, '*')
}

/** A text, and one character up to the width of a screen. */
export function filled(text: string, character: string): string {
  const start = text === '' ? '' : `${text} `
  return `${start}${character.repeat(Math.max(3, WIDTH - start.length))} `
}

/** `name ---- 1.07s`. */
export function secondsLine(name: string, seconds: number): string {
  return `${`${name} `.padEnd(70, '-')}${` ${seconds.toFixed(2)}s`.padStart(9, '-')}`
}

function dateText(now: Date): string {
  const offset = -now.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`
  const day = `${DAYS[now.getDay()] ?? ''} ${two(now.getDate())} ${MONTHS[now.getMonth()] ?? ''} ${now.getFullYear()}`
  return `${day}  ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())} ${zone}`
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${String(Math.floor((seconds - whole) * 1000)).padStart(3, '0')}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
