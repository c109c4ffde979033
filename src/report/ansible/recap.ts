import type { HostRecap, RunEnded } from '../../run/run-event.ts'
import type { Tone } from './colours.ts'
import type { Display } from './display.ts'

const COUNTS = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const satisfies readonly (keyof HostRecap)[]
const TONES: Readonly<Record<keyof HostRecap, Tone>> = {
  ok: 'ok', changed: 'changed', unreachable: 'unreachable', failed: 'error', skipped: 'skip', rescued: 'ok', ignored: 'warn', unknown: 'debug',
}

/** The recap that tools read. `unknown` is only there when there is any; `strict` counts it as skipped, as Ansible does. */
export function showRecap({ recap }: RunEnded, strict: boolean, display: Display): void {
  display.banner('PLAY RECAP')
  for (const [host, counts] of [...recap].sort(([a], [b]) => a < b ? -1 : 1)) {
    const shown = strict ? { ...counts, skipped: counts.skipped + counts.unknown, unknown: 0 } : counts
    display.line(recapLine(host, shown, (text, tone) => display.paint(text, tone)), { only: 'screen' })
    display.line(recapLine(host, shown, (text) => text), { only: 'log' })
  }
  display.line('', { only: 'screen' })
}

function recapLine(host: string, counts: HostRecap, paint: (text: string, tone: Tone) => string): string {
  const names: readonly (keyof HostRecap)[] = counts.unknown > 0 ? [...COUNTS, 'unknown'] : COUNTS
  const texts = names.map((name) => {
    const text = `${name}=${String(counts[name]).padEnd(4)}`
    return counts[name] > 0 ? paint(text, TONES[name]) : text
  })
  return `${paint(host, hostTone(counts))}${' '.repeat(Math.max(0, 26 - host.length))} : ${texts.join(' ')}`
}

function hostTone(counts: HostRecap): Tone {
  if (counts.failed > 0 || counts.unreachable > 0) return 'error'
  return counts.changed > 0 ? 'changed' : 'ok'
}
