import type { Config } from '../../config/config.ts'
import type { InventorySettings } from '../../inventory/inventory-settings.ts'

/** How inventory sources are read, by the settings. */
export function inventorySettings(config: Config): InventorySettings {
  return {
    enabled: config.get('INVENTORY_ENABLED'),
    groupNames: config.get('TRANSFORM_INVALID_GROUP_CHARS'),
    ignoredExtensions: config.get('INVENTORY_IGNORE_EXTS'),
    ignoredPatterns: config.get('INVENTORY_IGNORE_PATTERNS'),
    yamlExtensions: config.get('inventory.yaml.yaml_extensions'),
    showsScriptErrors: config.get('inventory.script.always_show_stderr'),
    mergesDicts: config.get('DEFAULT_HASH_BEHAVIOUR') === 'merge',
    failsUnparsed: config.get('INVENTORY_UNPARSED_IS_FAILED'),
    failsAnyUnparsed: config.find('INVENTORY_ANY_UNPARSED_IS_FAILED')?.origin === 'default' ? undefined : config.get('INVENTORY_ANY_UNPARSED_IS_FAILED'),
    warnsUnparsed: config.get('INVENTORY_UNPARSED_WARNING'),
    patternMismatch: config.get('HOST_PATTERN_MISMATCH'),
    usesExtraVars: config.get('inventory.constructed.use_extra_vars'),
  }
}
