import { ModuleFailure } from '../../../module/module.ts'

const SECONDS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 }

/** A point in time as tasks tell it: `+3650d` from now, or `20301231235959Z`; whole seconds. */
export function wantedTime(text: string, { now, name }: { readonly now: Date, readonly name: string }): Date {
  if (/^[+-]/.test(text)) return relativeTime(text, { now, name })
  const full = text.replace(/^\d{12}(?=Z|[+-])/, (minutes) => `${minutes}00`)
  const iso = full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|[+-]\d\d:?\d\d)$/, '$1-$2-$3T$4:$5:$6Z')
  const date = new Date(iso === full ? Number.NaN : iso)
  // A 31st of February would become a day of March.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso.slice(0, 10))) throw new ModuleFailure(`The time spec "${text}" for ${name} is invalid`)
  return date
}

function relativeTime(text: string, { now, name }: { readonly now: Date, readonly name: string }): Date {
  const parts = /^([+-])((?:\d+[wW])?(?:\d+[dD])?(?:\d+[hH])?(?:\d+[mM])?(?:\d+[sS]?)?)$/.exec(text)
  if (parts === null || parts[2] === '') throw new ModuleFailure(`The time spec "${text}" for ${name} is invalid`)
  const seconds = [...(parts[2] ?? '').matchAll(/(\d+)([a-z]?)/gi)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (SECONDS[unit.toLowerCase()] ?? 1), 0)
  const whole = Math.floor(now.getTime() / 1000)
  return new Date((parts[1] === '+' ? whole + seconds : whole - seconds) * 1000)
}
