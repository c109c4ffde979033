import type { Setting } from '../setting.ts'

/** Where things are found. */
export const PATHS_SETTINGS = {
  ANSIBLE_HOME: { type: 'path', default: '~/.ansible', env: ['ANSIBLE_HOME'], ini: ['defaults.home'], description: 'Folder of what Ansible keeps for a user.' },
  COLLECTIONS_PATHS: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/collections', '/usr/share/ansible/collections'], env: ['ANSIBLE_COLLECTIONS_PATHS', 'ANSIBLE_COLLECTIONS_PATH'], ini: ['defaults.collections_paths', 'defaults.collections_path'], description: 'Folders that hold collections.' },
  DEFAULT_FILTER_PLUGIN_PATH: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/plugins/filter', '/usr/share/ansible/plugins/filter'], env: ['ANSIBLE_FILTER_PLUGINS'], ini: ['defaults.filter_plugins'], description: 'Folders with filters of one\'s own.' },
  DEFAULT_LOOKUP_PLUGIN_PATH: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/plugins/lookup', '/usr/share/ansible/plugins/lookup'], env: ['ANSIBLE_LOOKUP_PLUGINS'], ini: ['defaults.lookup_plugins'], description: 'Folders with lookups of one\'s own.' },
  DEFAULT_MODULE_PATH: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/plugins/modules', '/usr/share/ansible/plugins/modules'], env: ['ANSIBLE_LIBRARY'], ini: ['defaults.library'], cliAdds: 'modulePath', description: 'Folders with modules of one\'s own.' },
  DEFAULT_ROLES_PATH: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'], env: ['ANSIBLE_ROLES_PATH'], ini: ['defaults.roles_path'], description: 'Folders that hold roles.' },
  EDITOR: { type: 'string', default: 'vi', env: ['ANSIBLE_EDITOR', 'EDITOR'], ini: ['defaults.editor'], description: 'Program to edit files with.' },
  DEFAULT_TEST_PLUGIN_PATH: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/plugins/test', '/usr/share/ansible/plugins/test'], env: ['ANSIBLE_TEST_PLUGINS'], ini: ['defaults.test_plugins'], description: 'Folders with tests of one\'s own.' },
  PAGER: { type: 'string', default: 'less', env: ['ANSIBLE_PAGER', 'PAGER'], ini: ['defaults.pager'], description: 'Program to page long texts with.' },
  PLAYBOOK_DIR: { type: 'path', env: ['ANSIBLE_PLAYBOOK_DIR'], ini: ['defaults.playbook_dir'], cli: 'playbookDir', description: 'Folder that stands for the playbook\'s where there is none.' },
  RETRY_FILES_SAVE_PATH: { type: 'path', env: ['ANSIBLE_RETRY_FILES_SAVE_PATH'], ini: ['defaults.retry_files_save_path'], description: 'Folder of .retry files.' },
  PLUGIN_FILTERS_CFG: { type: 'path', ini: ['defaults.plugin_filters_cfg'], description: 'File with modules that nobody may use.' },
  CONFIG_FILE: { type: 'path', description: 'The ansible.cfg in use.' },
} as const satisfies Readonly<Record<string, Setting>>
