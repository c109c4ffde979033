import { expandHostName } from './host-ranges.ts'

export interface HostNames {
  readonly names: readonly string[]
  readonly port: number | undefined
}

/** The hosts that `web[1:3]:2222` or `[2001:db8::1]:22` names, and their port; a text that says why a range is none. */
export function parseHostPattern(text: string): HostNames | string {
  const bracketed = /^\[([0-9a-fA-F:.]+:[0-9a-fA-F:.]*)\](?::(\d+))?$/.exec(text)
  if (bracketed !== null && (bracketed[1]?.match(/:/g) ?? []).length > 2) return { names: [bracketed[1] ?? ''], port: numberOf(bracketed[2]) }
  const ported = /^((?:[^:[\]]|\[[^\]]*\])+):(\d+)$/.exec(text)
  const names = expandHostName(ported?.[1] ?? text)
  return typeof names === 'string' ? names : { names, port: numberOf(ported?.[2]) }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}
