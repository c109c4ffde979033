/** What texts of a setting mean: `flag` is any text that does not deny, as NO_COLOR is; paths are split at commas in a `pathlist`, at colons in a `pathspec`. */
export type SettingType = keyof TypeValues

interface TypeValues {
  readonly bool: boolean
  readonly flag: boolean
  readonly int: number
  readonly float: number
  readonly string: string
  readonly list: readonly string[]
  readonly path: string
  readonly tmppath: string
  readonly pathlist: readonly string[]
  readonly pathspec: readonly string[]
  readonly dict: Readonly<Record<string, string>>
}

/** Any setting's value; undefined where nobody gave one and there is no default. */
export type SettingValue = TypeValues[SettingType] | undefined

/** One thing that people can set. Where several variables or keys are named, the last one that is set counts. */
export interface Setting {
  readonly type: SettingType
  readonly default?: string | number | boolean | readonly string[]
  readonly env?: readonly string[]
  /** `section.key` of `ansible.cfg`. */
  readonly ini?: readonly string[]
  /** Variables of hosts and plays that overrule it. */
  readonly vars?: readonly string[]
  /** The command line's option that overrules it, as commander names it. */
  readonly cli?: string
  /** An option whose folders come before those of the setting. */
  readonly cliAdds?: string
  readonly choices?: readonly string[]
  readonly description?: string
  /** Why setting it changes nothing. */
  readonly unused?: string
}

/** The value that a setting of the table has. */
export type ValueOf<S extends Setting> =
  | (S extends { readonly choices: readonly (infer Choice)[] } ? Choice : TypeValues[S['type']])
  | (S extends { readonly default: unknown } ? never : undefined)
