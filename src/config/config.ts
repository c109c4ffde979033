import type { Diagnostic } from '../diagnostics/types.ts'
import type { Environment } from './expand-path.ts'
import type { SettingName, SettingValues } from './settings.ts'
import type { Setting, SettingValue } from './setting.ts'

/** A setting's value with where it came from: `default`, `env: NAME`, `cli: OPTION`, or the path of the config file. */
export interface SourcedValue {
  readonly value: SettingValue
  readonly origin: string
}

/** A setting with the variables of hosts that have precedence over it. */
export interface FoundSetting extends SourcedValue {
  readonly vars?: readonly string[]
}

/** The settings of this process: the command line's, then ANSIBLE_* variables, then `ansible.cfg`, then defaults. */
export interface Config {
  get<Name extends SettingName>(name: Name): SettingValues[Name]
  /** By a name that may not exist: undefined then. */
  find(name: string): FoundSetting | undefined
  /** Of a setting that is in no table. */
  read(setting: Setting): SourcedValue
  /** The process's own, for the few things that are no settings. */
  readonly environment: Environment
  /** The `ansible.cfg` in use. */
  readonly file: string | undefined
  /** What cannot be used (errors) and what is strange (warnings). */
  readonly problems: readonly Diagnostic[]
}
