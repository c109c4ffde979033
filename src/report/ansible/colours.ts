import type { OutcomeStatus } from '../../run/outcome.ts'
import type { Config } from '../../config/config.ts'

/** What a line is about: each has a colour of its own, which people can set. */
export type Tone = 'changed' | 'debug' | 'deprecate' | 'diffAdd' | 'diffLines' | 'diffRemove' | 'error' | 'included' | 'ok' | 'skip' | 'unreachable' | 'verbose' | 'warn' | 'consolePrompt'

/** The colour that tells how a task ended. */
export const STATUS_TONES: Readonly<Record<OutcomeStatus, Tone>> = {
  ok: 'ok', changed: 'changed', skipped: 'skip', failed: 'error', unreachable: 'unreachable', unknown: 'debug',
}

const SETTINGS = {
  changed: 'COLOR_CHANGED', debug: 'COLOR_DEBUG', deprecate: 'COLOR_DEPRECATE', diffAdd: 'COLOR_DIFF_ADD', diffLines: 'COLOR_DIFF_LINES', diffRemove: 'COLOR_DIFF_REMOVE',
  error: 'COLOR_ERROR', included: 'COLOR_INCLUDED', ok: 'COLOR_OK', skip: 'COLOR_SKIP', unreachable: 'COLOR_UNREACHABLE', verbose: 'COLOR_VERBOSE', warn: 'COLOR_WARN',
  consolePrompt: 'COLOR_CONSOLE_PROMPT',
} as const satisfies Record<Tone, string>

const CODES: Readonly<Record<string, string>> = {
  black: '0;30', 'bright gray': '0;37', blue: '0;34', white: '1;37', green: '0;32', 'bright blue': '1;34', cyan: '0;36', 'bright green': '1;32', red: '0;31',
  'bright cyan': '1;36', purple: '0;35', 'bright red': '1;31', yellow: '0;33', 'bright purple': '1;35', 'dark gray': '1;30', 'bright yellow': '1;33',
  magenta: '0;35', 'bright magenta': '1;35', normal: '0',
}

/** Colours text line by line, as Ansible does, in the colours of the settings. */
export function painter(config: Config): (text: string, tone: Tone) => string {
  return (text, tone) => {
    const code = colourCode(config.get(SETTINGS[tone]))
    return text.split('\n').map((line) => `\u001b[${code}m${line}\u001b[0m`).join('\n')
  }
}

/** Names, and `color0` to `color255`, `rgb000` to `rgb555`, `gray0` to `gray23`. */
function colourCode(name: string): string {
  const [, kind, digits = ''] = /^(color|rgb|gray)(\d+)$/.exec(name) ?? []
  if (kind === 'color') return `38;5;${digits}`
  if (kind === 'gray') return `38;5;${232 + Number(digits)}`
  if (kind === 'rgb') return `38;5;${16 + parseInt(digits, 6)}`
  return CODES[name] ?? '0'
}
