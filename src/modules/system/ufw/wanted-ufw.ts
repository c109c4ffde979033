import type { ArgumentsOf } from '../../../module/argument-spec.ts'
import { quoteAll } from '../../../text/shell-quote.ts'
import type { UFW_ARGUMENTS } from './arguments.ts'
import { ruleWords } from './rule-words.ts'
import type { UfwSettings, UfwState } from './ufw-state.ts'

type Given = ArgumentsOf<typeof UFW_ARGUMENTS>

/** How the firewall is to be. */
export function wantedUfw(given: Given, before: UfwState): UfwState {
  const rules = { ...before.rules, ...before.planned }
  const action = given.state === 'reloaded' || given.state === 'reset' ? { action: given.state } : {}
  return { ...before, settings: settingsAfter(given, before.settings), rules, planned: null, files: null, ...action }
}

/** Commands in the order that Ansible gives them. */
export function ufwCommands(given: Given, place: number | null): readonly string[] {
  const { state, default: policy, direction, rule, logging } = given
  return [
    ...state === undefined ? [] : [['-f', VERBS[state]]],
    ...policy === undefined ? [] : [['default', policy, ...direction === undefined ? [] : [direction]]],
    ...rule === undefined ? [] : [ruleWords(given, place)],
    ...logging === undefined ? [] : [['logging', logging]],
  ].map((words) => quoteAll(['ufw', ...words]))
}

const VERBS = { enabled: 'enable', disabled: 'disable', reloaded: 'reload', reset: 'reset' } as const

function settingsAfter({ state, default: policy, direction, logging }: Given, settings: UfwSettings): UfwSettings {
  const enabled = state === 'enabled' ? true : state === 'disabled' || state === 'reset' ? false : settings.enabled
  return { ...settings, enabled, ...policy === undefined ? {} : { [direction ?? 'incoming']: policy }, ...logging === undefined ? {} : { logging: levelAfter(logging, settings.logging) } }
}

/** `on` keeps the level that there is. */
function levelAfter(wanted: string, level: string): string {
  if (wanted !== 'on') return wanted
  return level === 'off' ? 'low' : level
}
