import type { Change } from '../../../module/module.ts'
import { passwordDigest, type UserAnswer } from './user-probe.ts'
import type { UserState } from './user-state.ts'

/** What a task wants of an account; what is undefined is left alone. */
export interface WantedUser {
  readonly name: string
  readonly state: 'present' | 'absent'
  readonly uid: number | undefined
  readonly uid_min: number | undefined
  readonly uid_max: number | undefined
  readonly non_unique: boolean
  readonly comment: string | undefined
  readonly group: string | undefined
  readonly groups: readonly string[] | undefined
  readonly append: boolean
  readonly home: string | undefined
  readonly move_home: boolean
  readonly create_home: boolean
  readonly skeleton: string | undefined
  readonly umask: string | undefined
  readonly shell: string | undefined
  readonly system: boolean
  readonly password: string | undefined
  readonly update_password: 'always' | 'on_create'
  readonly password_lock: boolean | undefined
  readonly password_expire_min: number | undefined
  readonly password_expire_max: number | undefined
  readonly password_expire_warn: number | undefined
  readonly password_expire_account_disable: number | undefined
  readonly expires: number | undefined
  readonly seuser: string | undefined
  readonly remove: boolean
  readonly force: boolean
  readonly local: boolean
}

/** The change that makes an account so. */
export function userChange(wanted: WantedUser, before: UserAnswer): Change<UserAnswer> | undefined {
  if (wanted.state === 'absent') return before.user === null ? undefined : { before, after: { user: null, groupExists: false } }
  const user = before.user === null ? newUser(wanted) : { ...before.user, ...changedFields(named(wanted, before), before.user) }
  const after = { user, groupExists: true }
  if (before.user === null) return { before, after, fields: { system: wanted.system, create_home: wanted.create_home } }
  return JSON.stringify(before.user) === JSON.stringify(user) ? undefined : { before, after }
}

// Ids that the host chooses show as -1 until it has.
function newUser(wanted: WantedUser): UserState {
  return {
    name: wanted.name, uid: wanted.uid ?? -1, gid: -1, group: wanted.group ?? wanted.name, groups: [...wanted.groups ?? []].filter((one) => one !== '').sort(),
    comment: wanted.comment ?? '', home: wanted.home ?? `/home/${wanted.name}`, shell: wanted.shell ?? '', homeExists: wanted.create_home,
    ...wanted.password === undefined ? {} : { passwordDigest: passwordDigest(wanted.password) },
  }
}

/** Groups may be given by their ids. */
function named(wanted: WantedUser, { groupNames: names = {} }: UserAnswer): WantedUser {
  return { ...wanted, groups: wanted.groups?.map((group) => names[group] ?? group) }
}

function changedFields(wanted: WantedUser, user: UserState): Partial<UserState> {
  return {
    ...given({ uid: wanted.uid, comment: wanted.comment, home: wanted.home, shell: wanted.shell }),
    ...wanted.group === undefined || isGroup(wanted.group, user) ? {} : { group: wanted.group },
    ...wanted.groups === undefined ? {} : { groups: wantedGroups(wanted, user) },
    ...wanted.create_home ? { homeExists: true } : {},
    ...passwordFields(wanted, user),
    ...expiryFields(wanted, user),
  }
}

function isGroup(group: string, user: UserState): boolean {
  return group === user.group || group === String(user.gid)
}

function wantedGroups({ groups = [], append }: WantedUser, user: UserState): readonly string[] {
  const names = groups.filter((one) => one !== '' && one !== user.group)
  return [...new Set(append ? [...user.groups, ...names] : names)].sort()
}

function passwordFields({ password, update_password: when, password_lock: lock }: WantedUser, user: UserState): Partial<UserState> {
  const sets = password !== undefined && when === 'always' && user.passwordDigest !== undefined && user.passwordDigest !== passwordDigest(password)
  return {
    ...sets ? { passwordDigest: passwordDigest(password) } : {},
    ...lock === undefined || user.locked === undefined ? {} : { locked: lock },
  }
}

function expiryFields(wanted: WantedUser, user: UserState): Partial<UserState> {
  // Without a readable /etc/shadow there is nothing to compare with.
  if (user.passwordDigest === undefined) return {}
  return {
    ...given({ minDays: wanted.password_expire_min, maxDays: wanted.password_expire_max, warnDays: wanted.password_expire_warn }),
    ...wanted.password_expire_account_disable === undefined ? {} : { inactiveDays: wanted.password_expire_account_disable < 0 ? null : wanted.password_expire_account_disable },
    ...wanted.expires === undefined ? {} : { expires: wanted.expires < 0 ? null : Math.floor(wanted.expires / 86_400) },
  }
}

function given<T extends Readonly<Record<string, unknown>>>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: Exclude<T[Name], undefined> }
}
