import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Reporter } from '../../run/reporter.ts'
import { type Callback, type CallbackOptions, shortCallbackName } from './callback.ts'

/** Reports besides the screen, loaded when they are asked for. */
const CALLBACKS: Readonly<Partial<Record<string, () => Promise<Callback>>>> = {
  timer: async () => (await import('./timer.ts')).timer,
  profile_tasks: async () => (await import('./profile-tasks.ts')).profileTasks,
  profile_roles: async () => (await import('./profile-roles.ts')).profileRoles,
  junit: async () => (await import('./junit/junit.ts')).junit,
  tree: async () => (await import('./tree.ts')).tree,
}

/** What the screen itself may show. */
const SCREENS: ReadonlySet<string> = new Set(['default', 'yaml', 'debug', 'skippy', 'minimal', 'oneline', 'json', 'jsonl', 'null', 'junit', 'tree'])

/** The reports that `callbacks_enabled` names, each once. */
export function enabledCallbacks(options: CallbackOptions): Promise<readonly Reporter[]> {
  return Promise.all(enabledNames(options.config).flatMap((name) => {
    const load = CALLBACKS[name]
    return load === undefined ? [] : [load().then((callback) => callback(options))]
  }))
}

/** Whether one is asked for. */
export function isCallbackEnabled(config: Config, name: string): boolean {
  return enabledNames(config).includes(name)
}

/** Callbacks that are not there, such as those in Python: the run goes on without them, as with Ansible. */
export function callbackWarnings(config: Config): readonly Diagnostic[] {
  const screen = shortCallbackName(config.get('DEFAULT_STDOUT_CALLBACK'))
  const unknown = enabledNames(config).filter((name) => CALLBACKS[name] === undefined && !SCREENS.has(name))
  return [
    ...unknown.map((name) => warning(`Skipping callback plugin '${name}', unable to load`, `There are ${Object.keys(CALLBACKS).join(', ')}; callbacks in Python are not run`)),
    ...SCREENS.has(screen) ? [] : [warning(`Invalid callback for stdout specified: ${screen}`, `The default one is used. There are ${[...SCREENS].join(', ')}; callbacks in Python are not run`)],
  ]
}

function warning(summary: string, hint: string): Diagnostic {
  return { code: 'setting', severity: 'warning', summary, hint }
}

function enabledNames(config: Config): readonly string[] {
  const screen = shortCallbackName(config.get('DEFAULT_STDOUT_CALLBACK'))
  const files = ['junit', 'tree'].includes(screen) ? [screen] : []
  return [...new Set([...config.get('CALLBACKS_ENABLED').map(shortCallbackName), ...files])]
}
