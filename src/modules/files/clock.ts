import type { ScriptProbe } from '../../remote/probe.ts'

/** How many seconds the host's clock is ahead of ours: stays true while it is cached, as a time would not. */
export const clockProbe: ScriptProbe<number> = {
  kind: 'script',
  key: 'clock',
  script: 'date +%s.%N',
  parse: ({ stdout }) => Number.parseFloat(stdout.toString('latin1')) - Date.now() / 1000,
}

/** Seconds since the epoch of a date and time on the host's calendar. */
export function epochProbe(date: string): ScriptProbe<number> {
  return { kind: 'script', key: `epoch:${date}`, script: `date -d '${date}' +%s`, parse: ({ stdout }) => Number.parseInt(stdout.toString('latin1'), 10) }
}
