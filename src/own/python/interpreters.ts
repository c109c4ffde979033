import type { Config } from '../../config/config.ts'
import type { TaskTraits } from '../../module/controller.ts'
import { hostSetting } from '../../module/host-setting.ts'

/** Pythons to look for on a host, the best first: the one that is asked for alone, or those that are likely to be there. */
export function interpretersFor(given: { readonly config: Config, readonly task: TaskTraits }): readonly string[] {
  const wanted = String(hostSetting('INTERPRETER_PYTHON', given) ?? '').trim()
  if (!isAutomatic(wanted)) return [wanted]
  const fallbacks = hostSetting('INTERPRETER_PYTHON_FALLBACK', given)
  return Array.isArray(fallbacks) ? [...new Set([...fallbacks.map(String), '/usr/libexec/platform-python', 'python3', 'python'])] : ['python3']
}

/** The host's Python is to be found, not said. */
function isAutomatic(interpreter: string): boolean {
  return interpreter === '' || /^auto(?:_legacy)?(?:_silent)?$/.test(interpreter)
}
