/** How variables combine, as ansible.cfg and ANSIBLE_* say it. */
export interface VariableSettings {
  /** `hash_behaviour = merge`. */
  readonly mergesDicts: boolean
  /** Sources of group variables, weakest first; those not named do not count. */
  readonly groupSources: readonly string[]
  /** Whether facts are variables of their own besides `ansible_facts`. */
  readonly injectsFacts: boolean
}

export const DEFAULT_VARIABLE_SETTINGS: VariableSettings = {
  mergesDicts: false,
  groupSources: ['all_inventory', 'groups_inventory', 'all_plugins_inventory', 'all_plugins_play', 'groups_plugins_inventory', 'groups_plugins_play'],
  injectsFacts: true,
}
