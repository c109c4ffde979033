import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { applyUser, touchedKeys } from './system/accounts/apply-user.ts'
import { makeSshKey, sshKeyPath, sshKeyProbe, type SshKey, type WantedSshKey } from './system/accounts/ssh-key.ts'
import { observeUser, userProbe, type UserAnswer } from './system/accounts/user-probe.ts'
import { userChange, type WantedUser } from './system/accounts/wanted-user.ts'

/** `ansible.builtin.user`: accounts. */
export const user = defineModule({
  name: 'user',
  summary: 'Keep an account, or keep it away.',
  args: {
    name: { type: 'str', required: true, aliases: ['user'], description: 'Name of the account.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
    uid: { type: 'int', description: 'Its number.' },
    uid_min: { type: 'int', description: 'Lowest number that a new account may get, instead of UID_MIN in /etc/login.defs.' },
    uid_max: { type: 'int', description: 'Highest number that a new account may get.' },
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
    password_expire_account_disable: { type: 'int', description: 'Days from then until the account ends; -1 is never.' },
    generate_ssh_key: { type: 'bool', default: false, description: 'Whether the user gets an SSH key; one that is there stays.' },
    ssh_key_file: { type: 'path', description: 'Where it goes, below the home folder unless absolute; default `.ssh/id_TYPE`.' },
    ssh_key_type: { type: 'str', default: 'rsa', description: 'Its type.' },
    ssh_key_bits: { type: 'int', default: 0, description: 'Its size; 0 is what ssh-keygen takes.' },
    ssh_key_comment: { type: 'str', description: 'Its comment.' },
    ssh_key_passphrase: { type: 'str', secret: true, description: 'Its passphrase.' },
    hidden: { type: 'bool', description: 'Accepted for compatibility: only macOS hides accounts.' },
    seuser: { type: 'str', description: 'User of SELinux that a new account has.' },
    login_class: { type: 'str', description: 'Accepted for compatibility: only BSD has login classes.' },
    profile: { type: 'str', description: 'Accepted for compatibility: only Solaris has profiles.' },
    authorization: { type: 'str', description: 'Accepted for compatibility: only Solaris has authorizations.' },
    role: { type: 'str', description: 'Accepted for compatibility: only Solaris has roles.' },
    remove: { type: 'bool', default: false, description: 'With `absent`: whether home folder and mail go too.' },
    force: { type: 'bool', default: false, description: 'With `absent`: even while someone is logged in.' },
    local: { type: 'bool', default: false, description: 'Whether only the local files count.' },
  },
  examples: [
    { name: 'A user for deployments', args: { name: 'deploy', groups: ['adm'], append: true, shell: '/bin/bash' } },
    { name: 'No games', args: { name: 'games', state: 'absent' } },
  ],
  touches: ({ name, home }) => ({ keys: touchedKeys(name), paths: [home ?? `/home/${name}`, `/var/mail/${name}`] }),
  observe: async (wanted: WantedAccount, remote): Promise<AccountState> => {
    const answer = await observeUser(wanted.name, { local: wanted.local, remote })
    if (!wanted.generate_ssh_key) return answer
    const path = sshKeyPath(wanted, wanted.home ?? answer.user?.home ?? `/home/${wanted.name}`)
    return { ...answer, sshKey: await remote.read(sshKeyProbe(path)) }
  },
  diff: (wanted, before) => {
    refuse(wanted)
    const change = userChange(wanted, before)
    if (before.sshKey === undefined || wanted.state === 'absent' || !makesKey(wanted, before)) return change
    const sshKey = { ...before.sshKey, fingerprint: '(a new one)' }
    return { ...change, before, after: { ...change?.after ?? before, sshKey } }
  },
  apply: async (wanted, { before, after }, remote) => {
    if (JSON.stringify(before.user) !== JSON.stringify(after.user)) await applyUser(wanted, { before, after }, remote)
    if (after.sshKey !== undefined && makesKey(wanted, before)) await makeSshKey(wanted, after.sshKey.path, remote)
    if (after.user === null) return undefined
    const { user: made } = await remote.read(userProbe(wanted.name, wanted))
    const key = after.sshKey === undefined ? undefined : await remote.read(sshKeyProbe(after.sshKey.path))
    return { ...made === null ? {} : { uid: made.uid, group: made.gid, home: made.home, shell: made.shell }, ...keyFields(key) }
  },
  result: ({ name, state, groups, append, move_home: moves, remove, force, password }, { user: found, sshKey }) => ({
    name, state, ...warnings(groups, append, found === null ? undefined : password),
    ...found === null ? { remove, force } : {
      ...found.uid < 0 ? {} : { uid: found.uid },
      ...found.gid < 0 ? {} : { group: found.gid },
      comment: found.comment, home: found.home,
      ...found.shell === '' ? {} : { shell: found.shell },
      ...groups === undefined ? {} : { groups: groups.join(',') },
      append, move_home: moves,
      ...password === undefined ? {} : { password: 'NOT_LOGGING_PASSWORD' },
      ...keyFields(sshKey),
    },
  }),
  undo: { impossible: 'neither the password before nor the files of a removed account are kept' },
})

interface WantedAccount extends WantedUser, WantedSshKey {
  readonly name: string
  readonly force: boolean
}

interface AccountState extends UserAnswer {
  readonly sshKey?: SshKey
}

/** A key that is there stays, unless it is to be made again each time. */
function makesKey({ force }: WantedAccount, { sshKey }: AccountState): boolean {
  return sshKey !== undefined && (force || sshKey.fingerprint === null)
}

function refuse(wanted: WantedUser): void {
  for (const name of ['uid_min', 'uid_max'] as const) if (wanted.local && wanted[name] !== undefined) throw new ModuleFailure(`'${name}' can not be used with 'local'`)
  if (wanted.local && wanted.umask !== undefined) throw new ModuleFailure("'umask' can not be used with 'local'")
  if (wanted.password !== undefined && /[:\n]/.test(wanted.password)) throw new ModuleFailure('A password hash holds no colon and no newline')
}

function warnings(groups: readonly string[] | undefined, append: boolean, password: string | undefined): JsonObject {
  const all = [
    ...append && groups === undefined ? ["'append' is set, but no 'groups' are specified. Use 'groups' for appending new groups."] : [],
    ...password !== undefined && isPlaintext(password) ? ['The password is no hash: nobody can log in with it'] : [],
  ]
  return all.length === 0 ? {} : { warnings: all }
}

function isPlaintext(password: string): boolean {
  return !(/^(?:[*!]*|[*!]?(?:\$[^$]+\$.+|[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19}))$/.test(password) && !/^\$[^$]+\$.*[^./0-9A-Za-z$=,]/.test(password))
}

function keyFields(key: SshKey | undefined): JsonObject {
  return key === undefined ? {} : { ssh_key_file: key.path, ssh_fingerprint: key.fingerprint, ssh_public_key: key.publicKey }
}
