/** How sources are read, as ansible.cfg and ANSIBLE_* say it. */
export interface InventorySettings {
  /** Plugins that may read a source, in the order they are tried. */
  readonly enabled: readonly string[]
  /** What becomes of characters that no variable name may have, in names of groups. */
  readonly groupNames: GroupNameRule
  /** Files of an inventory folder that are no sources, by the end of their names and by regular expressions. */
  readonly ignoredExtensions: readonly string[]
  readonly ignoredPatterns: readonly string[]
  /** Endings of files that are YAML. */
  readonly yamlExtensions: readonly string[]
  /** `hash_behaviour = merge`. */
  readonly mergesDicts: boolean
  /** Whether it is an error when not one source could be read. */
  readonly failsUnparsed: boolean
  /** Whether it is an error when one source could not be read; undefined: only where the source is there. */
  readonly failsAnyUnparsed: boolean | undefined
  readonly warnsUnparsed: boolean
  /** Whether what scripts say on standard error is told, though they succeed. */
  readonly showsScriptErrors: boolean
  /** What a pattern that matches nothing is. */
  readonly patternMismatch: 'warning' | 'error' | 'ignore'
  /** Whether plugins' expressions see `--extra-vars`, unless a configuration says so itself. */
  readonly usesExtraVars: boolean
}

/** `never` and `ignore` leave names alone, `never` warns; `always` and `silently` put `_` in place of such characters, `always` warns. */
export type GroupNameRule = 'never' | 'ignore' | 'always' | 'silently'

export const DEFAULT_INVENTORY_SETTINGS: InventorySettings = {
  enabled: ['host_list', 'script', 'auto', 'yaml', 'ini', 'toml'],
  groupNames: 'never',
  ignoredExtensions: ['.pyc', '.pyo', '.swp', '.bak', '~', '.rpm', '.md', '.txt', '.rst', '.orig', '.cfg', '.retry'],
  ignoredPatterns: [],
  yamlExtensions: ['.yaml', '.yml', '.json'],
  mergesDicts: false,
  failsUnparsed: false,
  failsAnyUnparsed: undefined,
  warnsUnparsed: true,
  showsScriptErrors: true,
  patternMismatch: 'warning',
  usesExtraVars: false,
}
