import type { Setting } from '../setting.ts'

/** How hosts are reached, and as whom. */
export const CONNECTION_SETTINGS = {
  BECOME_ALLOW_SAME_USER: { type: 'bool', default: false, env: ['ANSIBLE_BECOME_ALLOW_SAME_USER'], ini: ['privilege_escalation.become_allow_same_user'], description: 'Call sudo and the like even where the wanted user is who logs in.' },
  BECOME_PASSWORD_FILE: { type: 'path', env: ['ANSIBLE_BECOME_PASSWORD_FILE'], ini: ['defaults.become_password_file'], cli: 'becomePasswordFile', description: 'File, or program, that gives the password of become.' },
  CONNECTION_PASSWORD_FILE: { type: 'path', env: ['ANSIBLE_CONNECTION_PASSWORD_FILE'], ini: ['defaults.connection_password_file'], cli: 'connectionPasswordFile', description: 'File, or program, that gives the login password.' },
  DEFAULT_ASK_PASS: { type: 'bool', default: false, env: ['ANSIBLE_ASK_PASS'], ini: ['defaults.ask_pass'], cli: 'askPass', description: 'Ask for the login password.' },
  DEFAULT_BECOME: { type: 'bool', default: false, env: ['ANSIBLE_BECOME'], ini: ['privilege_escalation.become'], cli: 'become', description: 'Become another user unless plays and tasks say otherwise.' },
  DEFAULT_BECOME_ASK_PASS: { type: 'bool', default: false, env: ['ANSIBLE_BECOME_ASK_PASS'], ini: ['privilege_escalation.become_ask_pass'], cli: 'askBecomePass', description: 'Ask for the password of become.' },
  DEFAULT_BECOME_METHOD: { type: 'string', default: 'sudo', env: ['ANSIBLE_BECOME_METHOD'], ini: ['privilege_escalation.become_method'], cli: 'becomeMethod', description: 'How to become another user.' },
  DEFAULT_BECOME_EXE: { type: 'string', env: ['ANSIBLE_BECOME_EXE'], ini: ['privilege_escalation.become_exe'], description: 'Program that becomes another user.' },
  DEFAULT_BECOME_FLAGS: { type: 'string', default: '', env: ['ANSIBLE_BECOME_FLAGS'], ini: ['privilege_escalation.become_flags'], description: 'Options of that program.' },
  DEFAULT_BECOME_USER: { type: 'string', default: 'root', env: ['ANSIBLE_BECOME_USER'], ini: ['privilege_escalation.become_user'], cli: 'becomeUser', description: 'The user to become.' },
  DEFAULT_EXECUTABLE: { type: 'string', default: '/bin/sh', env: ['ANSIBLE_EXECUTABLE'], ini: ['defaults.executable'], unused: 'Every host is spoken to through its /bin/sh.' },
  DEFAULT_PRIVATE_KEY_FILE: { type: 'path', env: ['ANSIBLE_PRIVATE_KEY_FILE'], ini: ['defaults.private_key_file'], cli: 'privateKey', description: 'Private key to log in with.' },
  DEFAULT_REMOTE_PORT: { type: 'int', env: ['ANSIBLE_REMOTE_PORT'], ini: ['defaults.remote_port'], description: 'Port to log in at.' },
  DEFAULT_REMOTE_USER: { type: 'string', env: ['ANSIBLE_REMOTE_USER'], ini: ['defaults.remote_user'], cli: 'user', description: 'User to log in as.' },
  DEFAULT_TIMEOUT: { type: 'int', default: 10, env: ['ANSIBLE_TIMEOUT'], ini: ['defaults.timeout'], cli: 'timeout', description: 'Seconds to wait for a connection.' },
  DEFAULT_TRANSPORT: { type: 'string', default: 'ssh', env: ['ANSIBLE_TRANSPORT'], ini: ['defaults.transport'], cli: 'connection', description: 'How to connect.' },
  HOST_KEY_CHECKING: { type: 'bool', default: true, env: ['ANSIBLE_HOST_KEY_CHECKING'], ini: ['defaults.host_key_checking'], description: 'Check the keys of hosts.' },
} as const satisfies Readonly<Record<string, Setting>>
