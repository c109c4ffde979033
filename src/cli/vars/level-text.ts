import type { Origin } from '../../variables/host-variables.ts'

/** The level of an origin in words: `group web in the inventory`. */
export function levelText({ level, of }: Origin): string {
  const text = LEVELS.get(level)
  return text === undefined ? level : text(of ?? '')
}

const LEVELS: ReadonlyMap<string, (of: string) => string> = new Map<string, (of: string) => string>([
  ['loop', () => 'loop'],
  ['magic', () => 'magic variable'],
  ['extra-vars', () => '--extra-vars'],
  ['include-parameters', () => 'vars of the include'],
  ['role-parameters', (of) => `parameter of role ${of}`],
  ['set_fact-and-register', () => 'set_fact or register'],
  ['include_vars', () => 'include_vars'],
  ['task-and-block-vars', () => 'vars of the task or block'],
  ['role-vars', (of) => `vars of role ${of}`],
  ['vars_files', () => 'vars_files of the play'],
  ['vars_prompt', () => 'vars_prompt of the play'],
  ['play-vars', () => 'vars of the play'],
  ['facts', () => 'cached fact'],
  ['playbook-host_vars', () => 'host_vars beside the playbook'],
  ['inventory-host_vars', () => 'host_vars'],
  ['inventory-host', () => 'host in the inventory'],
  ['playbook-group_vars', (of) => `group_vars of ${of} beside the playbook`],
  ['inventory-group_vars', (of) => `group_vars of ${of}`],
  ['playbook-group_vars-all', () => 'group_vars of all beside the playbook'],
  ['inventory-group_vars-all', () => 'group_vars of all'],
  ['inventory-group', (of) => `group ${of} in the inventory`],
  ['inventory-group-all', () => 'group all in the inventory'],
  ['role-defaults', (of) => `defaults of role ${of}`],
])
