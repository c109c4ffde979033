import type { Setting } from '../setting.ts'

/** Where modules of one's own are found, and how those in Python are run. */
export const MODULE_SETTINGS = {
  COLLECTIONS_SCAN_SYS_PATH: { type: 'bool', default: true, env: ['ANSIBLE_COLLECTIONS_SCAN_SYS_PATH'], ini: ['defaults.collections_scan_sys_path'], description: 'Look for collections where Python modules are installed, too.' },
  DEFAULT_DEBUG: { type: 'bool', default: false, env: ['ANSIBLE_DEBUG'], ini: ['defaults.debug'], description: 'Python modules tell more in the log of their host.' },
  DEFAULT_KEEP_REMOTE_FILES: { type: 'bool', default: false, env: ['ANSIBLE_KEEP_REMOTE_FILES'], ini: ['defaults.keep_remote_files'], description: 'Python modules leave their temporary files.' },
  DEFAULT_MODULE_UTILS_PATH: { type: 'pathspec', default: ['{{ANSIBLE_HOME}}/plugins/module_utils', '/usr/share/ansible/plugins/module_utils'], env: ['ANSIBLE_MODULE_UTILS'], ini: ['defaults.module_utils'], description: 'Folders with Python code that modules of one\'s own import as ansible.module_utils.' },
  DEFAULT_NO_TARGET_SYSLOG: { type: 'bool', default: false, env: ['ANSIBLE_NO_TARGET_SYSLOG'], ini: ['defaults.no_target_syslog'], vars: ['ansible_no_target_syslog'], description: 'Python modules write nothing to the log of their host.' },
  DEFAULT_SELINUX_SPECIAL_FS: { type: 'list', default: ['fuse', 'nfs', 'vboxsf', 'ramfs', '9p', 'vfat'], env: ['ANSIBLE_SELINUX_SPECIAL_FS'], ini: ['selinux.special_context_filesystems'], description: 'File systems on which Python modules do not set contexts.' },
  DEFAULT_SYSLOG_FACILITY: { type: 'string', default: 'LOG_USER', env: ['ANSIBLE_SYSLOG_FACILITY'], ini: ['defaults.syslog_facility'], description: 'Where Python modules write to the log of their host.' },
  INTERPRETER_PYTHON: { type: 'string', default: 'auto', env: ['ANSIBLE_PYTHON_INTERPRETER'], ini: ['defaults.interpreter_python'], vars: ['ansible_python_interpreter'], description: 'Python on hosts, for modules that are written in it: a path, or auto, which is the first of the fallbacks.' },
  INTERPRETER_PYTHON_FALLBACK: { type: 'list', default: ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.9', 'python3.8', '/usr/bin/python3', 'python3'], vars: ['ansible_interpreter_python_fallback'], description: 'Pythons to look for on hosts, the best first.' },
  MODULE_IGNORE_EXTS: { type: 'list', default: ['.pyc', '.pyo', '.swp', '.bak', '~', '.rpm', '.md', '.txt', '.rst', '.yaml', '.yml', '.ini'], env: ['ANSIBLE_MODULE_IGNORE_EXTS'], ini: ['defaults.module_ignore_exts'], description: 'Endings of files that are no modules.' },
  PYTHON_MODULE_RLIMIT_NOFILE: { type: 'string', default: '0', env: ['ANSIBLE_PYTHON_MODULE_RLIMIT_NOFILE'], ini: ['defaults.python_module_rlimit_nofile'], vars: ['ansible_python_module_rlimit_nofile'], description: 'How many files Python modules may have open; 0 is as many as everybody.' },
  TARGET_LOG_INFO: { type: 'string', env: ['ANSIBLE_TARGET_LOG_INFO'], ini: ['defaults.target_log_info'], vars: ['ansible_target_log_info'], description: 'Text that Python modules put into the log of their host.' },
  STRING_CONVERSION_ACTION: { type: 'string', default: 'warn', env: ['ANSIBLE_STRING_CONVERSION_ACTION'], ini: ['defaults.string_conversion_action'], description: 'What Python modules do when a value that is no text is made one.' },
} as const satisfies Readonly<Record<string, Setting>>
