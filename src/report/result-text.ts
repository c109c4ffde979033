import type { Outcome } from '../run/outcome.ts'
import type { Json, JsonObject } from '../value/value.ts'

/** Fields that a plain display leaves out: they are shown otherwise, or only by -vvv. */
const QUIET_FIELDS: ReadonlySet<string> = new Set(['invocation', 'diff', 'results'])

/** Modules whose whole point is what they print. */
const SPEAKING_MODULES: ReadonlySet<string> = new Set(['debug', 'ansible.builtin.debug', 'assert', 'ansible.builtin.assert'])

/** A result as one line of JSON, or indented. Long lists of `stdout_lines` go when `stdout` says the same. */
export function resultText(result: JsonObject, verbosity: number): string {
  const shown = Object.entries(result).filter(([key]) => verbosity >= 3 || !QUIET_FIELDS.has(key))
  const indent = verbosity > 0 ? 4 : undefined
  return JSON.stringify(Object.fromEntries(shown), undefined, indent)
}

/** Whether a result is shown without -v too. */
export function speaks(module: string, outcome: Outcome): boolean {
  return SPEAKING_MODULES.has(module) && outcome.status !== 'skipped' && outcome.result['_ansible_quiet'] !== true && !('censored' in outcome.result)
}

const UNSPOKEN: ReadonlySet<string> = new Set(['changed', 'failed', 'skipped', 'ansible_loop_var', 'ansible_index_var', 'ansible_loop'])

/** What `debug` says, for a terminal: text as it is, other values as indented JSON. */
export function spokenText(result: JsonObject): string {
  const said = Object.entries(result).filter(([key]) => !UNSPOKEN.has(key) && key !== result['ansible_loop_var'])
  return said.map(([key, value]) => key === 'msg' ? valueText(value) : `${key}: ${valueText(value)}`).join('\n')
}

/** The reason of a failure: `msg` first, then what the command said. */
export function failureLines(result: JsonObject): string[] {
  const message = typeof result['msg'] === 'string' ? result['msg'] : 'failed without a message'
  const command = result['rc'] === undefined ? [] : [`exit status ${String(result['rc'])}${commandText(result['cmd'])}`]
  const streams = ['stderr', 'module_stderr', 'stdout'].flatMap((name) => {
    const text = result[name]
    return typeof text === 'string' && text.trim() !== '' ? [`${name}:`, ...lastLines(text, 12).map((line) => `  ${line}`)] : []
  })
  return [...message.split('\n'), ...command, ...streams]
}

function commandText(command: Json | undefined): string {
  if (command === undefined) return ''
  return ` from: ${Array.isArray(command) ? command.join(' ') : String(command)}`
}

function lastLines(text: string, count: number): string[] {
  const lines = text.trimEnd().split('\n')
  return lines.length > count ? [`… ${lines.length - count} lines before`, ...lines.slice(-count)] : lines
}

function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)
}
