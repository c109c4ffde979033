import type { ConsoleFlags } from '../commands/console.ts'

interface ConsoleSetting {
  readonly name: string
  readonly flag: keyof ConsoleFlags
  readonly kind: 'yes-no' | 'number' | 'text'
  readonly value: string
  readonly description: string
}

/** What a line of a console can change: the same as the options of the command line. */
export const CONSOLE_SETTINGS: readonly ConsoleSetting[] = [
  { name: 'become', flag: 'become', kind: 'yes-no', value: 'yes|no', description: 'become another user' },
  { name: 'become_user', flag: 'becomeUser', kind: 'text', value: 'USER', description: 'the user to become' },
  { name: 'become_method', flag: 'becomeMethod', kind: 'text', value: 'METHOD', description: 'sudo, su or doas' },
  { name: 'remote_user', flag: 'user', kind: 'text', value: 'USER', description: 'log in as this user' },
  { name: 'check', flag: 'check', kind: 'yes-no', value: 'yes|no', description: 'say what would change, change nothing' },
  { name: 'diff', flag: 'diff', kind: 'yes-no', value: 'yes|no', description: 'show the differences that changes make' },
  { name: 'forks', flag: 'forks', kind: 'number', value: 'NUMBER', description: 'hosts at work at the same time' },
  { name: 'timeout', flag: 'taskTimeout', kind: 'number', value: 'SECONDS', description: 'give tasks up after; 0 for never' },
  { name: 'verbosity', flag: 'verbose', kind: 'number', value: 'NUMBER', description: 'how much is shown' },
]

/** The flags with one changed; a text says why it cannot be. */
export function settingFlags(name: string, text: string, flags: ConsoleFlags): ConsoleFlags | string {
  const setting = CONSOLE_SETTINGS.find((known) => known.name === name)
  if (!setting || text === '') return `${name}: a value is needed: ${setting?.value ?? ''}`
  const value = VALUES[setting.kind](text)
  return value === undefined ? `${name}: '${text}' cannot be used, it takes ${setting.value}` : { ...flags, [setting.flag]: value }
}

const VALUES: Readonly<Record<ConsoleSetting['kind'], (text: string) => boolean | number | string | undefined>> = {
  'yes-no': (text) => /^(?:yes|true|on|y|1)$/i.test(text) ? true : /^(?:no|false|off|n|0)$/i.test(text) ? false : undefined,
  number: (text) => /^\d+$/.test(text) ? Number(text) : undefined,
  text: (text) => text,
}
