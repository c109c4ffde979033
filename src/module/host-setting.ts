import type { Config } from '../config/config.ts'
import { type SettingName, type SettingValues, SETTING_TABLE } from '../config/settings.ts'
import type { TaskTraits } from './controller.ts'
import type { Json } from '../value/value.ts'

interface Asking {
  readonly config: Config
  readonly task: Pick<TaskTraits, 'variable'>
}

/** A setting as a task sees it: variables of its host overrule what holds for the run. */
export function hostSetting<Name extends SettingName>(name: Name, { config, task }: Asking): SettingValues[Name] | Json | undefined {
  for (const variable of SETTING_TABLE.get(name)?.vars ?? []) {
    const value = task.variable(variable)
    if (value !== undefined && value !== null) return value
  }
  return config.get(name)
}
