import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { applyUser } from './system/accounts/apply-user.ts'
import { userProbe } from './system/accounts/user-probe.ts'
import { userChange, type WantedUser } from './system/accounts/wanted-user.ts'

/** `ansible.builtin.user`: accounts. */
export const user = defineModule({
  name: 'user',
  summary: 'Keep an account, or keep it away.',
  args: {
    name: { type: 'str', required: true, aliases: ['user'], description: 'Name of the account.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
    uid: { type: 'int', description: 'Its number.' },
    non_unique: { type: 'bool', default: false, description: 'Whether another account may have the number too.' },
    comment: { type: 'str', aliases: ['gecos'], description: 'Full name and the like.' },
    group: { type: 'str', description: 'Primary group.' },
    groups: { type: 'list', elements: 'str', description: 'Other groups; an empty list is none.' },
    append: { type: 'bool', default: false, description: 'Whether `groups` are added to those it has.' },
    home: { type: 'path', description: 'Home folder.' },
    create_home: { type: 'bool', default: true, aliases: ['createhome'], description: 'Whether the home folder is made.' },
    move_home: { type: 'bool', default: false, description: 'Whether its content moves when `home` changes.' },
    skeleton: { type: 'str', description: 'Folder whose content a new home folder gets.' },
    umask: { type: 'str', description: 'Mask for the mode of a new home folder.' },
    shell: { type: 'path', description: 'Login shell.' },
    system: { type: 'bool', default: false, description: 'Whether a new account is one of the system.' },
    password: { type: 'str', secret: true, description: 'Hash of the password, as /etc/shadow holds it.' },
    update_password: { type: 'str', default: 'always', choices: ['always', 'on_create'], description: 'When `password` is set.' },
    password_lock: { type: 'bool', description: 'Whether the password is locked.' },
    password_expire_min: { type: 'int', description: 'Days before it may be changed.' },
    password_expire_max: { type: 'int', description: 'Days before it must be changed.' },
    password_expire_warn: { type: 'int', description: 'Days of warning.' },
    expires: { type: 'float', description: 'When the account ends, in seconds since the epoch; negative is never.' },
    remove: { type: 'bool', default: false, description: 'With `absent`: whether home folder and mail go too.' },
    force: { type: 'bool', default: false, description: 'With `absent`: even while someone is logged in.' },
    local: { type: 'bool', default: false, description: 'Whether only the local files count.' },
  },
  examples: [
    { name: 'A user for deployments', args: { name: 'deploy', groups: ['adm'], append: true, shell: '/bin/bash' } },
    { name: 'No games', args: { name: 'games', state: 'absent' } },
  ],
  observe: ({ name, local }: WantedUser, remote) => remote.read(userProbe(name, { local })),
  diff: (wanted, before) => {
    if (wanted.password !== undefined && /[:\n]/.test(wanted.password)) throw new ModuleFailure('A password hash holds no colon and no newline')
    return userChange(wanted, before)
  },
  apply: async (wanted, change, remote) => {
    await applyUser(wanted, change, remote)
    if (change.before.user !== null || change.after.user === null) return undefined
    const { user: made } = await remote.read(userProbe(wanted.name, wanted))
    return made === null ? undefined : { uid: made.uid, group: made.gid, home: made.home, shell: made.shell }
  },
  result: ({ name, state, append, move_home: moves, remove, force, password }, { user: found }) => ({
    name, state,
    ...found === null ? { remove, force } : {
      uid: found.uid, group: found.gid, comment: found.comment, home: found.home, shell: found.shell, groups: found.groups.join(','), append, move_home: moves,
      ...password === undefined ? {} : { password: 'NOT_LOGGING_PASSWORD' },
    },
  }),
  undo: { impossible: 'neither the password before nor the files of a removed account are kept' },
})
