import type { Setting } from '../setting.ts'

/** Inventories and the variables beside them. */
export const INVENTORY_SETTINGS = {
  DEFAULT_HOST_LIST: { type: 'pathlist', default: ['/etc/ansible/hosts'], env: ['ANSIBLE_INVENTORY'], ini: ['defaults.inventory'], cli: 'inventory', description: 'Inventory sources.' },
  HOST_PATTERN_MISMATCH: { type: 'string', default: 'warning', env: ['ANSIBLE_HOST_PATTERN_MISMATCH'], ini: ['inventory.host_pattern_mismatch'], choices: ['error', 'warning', 'ignore'], description: 'What to do about patterns that match no host.' },
  TRANSFORM_INVALID_GROUP_CHARS: { type: 'string', default: 'never', env: ['ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS'], ini: ['defaults.force_valid_group_names'], choices: ['always', 'never', 'ignore', 'silently'], description: 'What to do about group names that are no variable names.' },
  INVENTORY_ANY_UNPARSED_IS_FAILED: { type: 'bool', default: false, env: ['ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED'], ini: ['inventory.any_unparsed_is_failed'], description: 'Fail when one inventory source cannot be read.' },
  INVENTORY_ENABLED: { type: 'list', default: ['host_list', 'script', 'auto', 'yaml', 'ini', 'toml'], env: ['ANSIBLE_INVENTORY_ENABLED'], ini: ['inventory.enable_plugins'], description: 'Kinds of inventory sources, in the order they are tried.' },
  INVENTORY_EXPORT: { type: 'bool', default: false, env: ['ANSIBLE_INVENTORY_EXPORT'], ini: ['inventory.export'], cli: 'export', description: 'Show inventories in the form that is best to export.' },
  INVENTORY_IGNORE_EXTS: { type: 'list', default: ['.pyc', '.pyo', '.swp', '.bak', '~', '.rpm', '.md', '.txt', '.rst', '.orig', '.cfg', '.retry'], env: ['ANSIBLE_INVENTORY_IGNORE'], ini: ['defaults.inventory_ignore_extensions', 'inventory.ignore_extensions'], description: 'Endings of files that an inventory folder may hold besides sources.' },
  INVENTORY_IGNORE_PATTERNS: { type: 'list', default: [], env: ['ANSIBLE_INVENTORY_IGNORE_REGEX'], ini: ['defaults.inventory_ignore_patterns', 'inventory.ignore_patterns'], description: 'Patterns of files that an inventory folder may hold besides sources.' },
  INVENTORY_UNPARSED_IS_FAILED: { type: 'bool', default: false, env: ['ANSIBLE_INVENTORY_UNPARSED_FAILED'], ini: ['inventory.unparsed_is_failed'], description: 'Fail when no inventory source can be read.' },
  PLAYBOOK_VARS_ROOT: { type: 'string', default: 'top', env: ['ANSIBLE_PLAYBOOK_VARS_ROOT'], ini: ['defaults.playbook_vars_root'], choices: ['top', 'bottom', 'all'], description: 'Whose group_vars and host_vars count: those beside the first playbook, the last, or all.' },
  VARIABLE_PRECEDENCE: { type: 'list', default: ['all_inventory', 'groups_inventory', 'all_plugins_inventory', 'all_plugins_play', 'groups_plugins_inventory', 'groups_plugins_play'], env: ['ANSIBLE_PRECEDENCE'], ini: ['defaults.precedence'], description: 'Order of group variables\' sources.' },
  YAML_FILENAME_EXTENSIONS: { type: 'list', default: ['.yml', '.yaml', '.json'], env: ['ANSIBLE_YAML_FILENAME_EXT'], ini: ['defaults.yaml_valid_extensions'], description: 'Endings of variables files.' },
  VARIABLE_PLUGINS_ENABLED: { type: 'list', default: ['host_group_vars'], env: ['ANSIBLE_VARS_ENABLED'], ini: ['defaults.vars_plugins_enabled'], description: 'Without host_group_vars, group_vars and host_vars are not read.' },
} as const satisfies Readonly<Record<string, Setting>>
