import type { Change } from '../../../module/module.ts'
import type { ExecRequest } from '../../../remote/exec.ts'
import { accountProbe } from '../../../remote/predicted/accounts.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects } from '../../../remote/write.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import { accountFileKeys } from './account-files.ts'
import { newHome } from './new-home.ts'
import { homeProbe, userKeys, userProbe, type UserAnswer } from './user-probe.ts'
import type { UserState } from './user-state.ts'
import type { WantedUser } from './wanted-user.ts'

/** Makes a change of an account, in one command. A password hash travels by standard input. */
export async function applyUser(wanted: WantedUser, change: Change<UserAnswer>, remote: Remote): Promise<void> {
  const { before, after } = change
  if (after.user === null) {
    const options = [...wanted.force ? ['-f'] : [], ...wanted.remove ? ['-r'] : []]
    const remove = `if command -v userdel >/dev/null; then userdel ${quoteAll([...options, wanted.name])}; else deluser ${quoteAll([...wanted.remove ? ['--remove-home'] : [], wanted.name])}; fi`
    await remote.write({ summary: `Remove user ${wanted.name}`, command: { script: patiently(remove) }, effects: { ...effects(wanted, change), leaves: [wanted.name] } })
    return
  }
  const steps = before.user === null ? creation(wanted, after.user, before.groupExists) : modification(wanted, before.user, after.user)
  const request: ExecRequest = { script: steps.join(' &&\n'), ...hashInput(wanted, steps) }
  await remote.write({
    summary: `${before.user === null ? 'Create' : 'Change'} user ${wanted.name}`, command: request, effects: effects(wanted, change),
    ...before.user === null ? { foretold: newHome(wanted, after.user, remote) } : {},
  })
}

/** Shells that were closed just now may take a moment to end: until then their user is at work, which is status 8. */
function patiently(command: string): string {
  return `tries=0
while :; do
said=$({ ${command}; } 2>&1)
status=$?
[ "$status" = 8 ] && [ "$tries" -lt 10 ] || break
tries=$((tries + 1))
sleep 0.1 2>/dev/null || sleep 1
done
[ "$status" = 0 ] || printf '%s\\n' "$said" >&2
exit "$status"`
}

const SET_PASSWORD = 'chpasswd -e'

function hashInput({ name, password }: WantedUser, steps: readonly string[]): { readonly stdin?: Uint8Array } {
  return steps.includes(SET_PASSWORD) ? { stdin: Buffer.from(`${name}:${password ?? ''}\n`) } : {}
}

function creation(wanted: WantedUser, user: UserState, groupExists: boolean): readonly string[] {
  const options = [
    ...accountOptions(wanted, user),
    ...wanted.group === undefined && groupExists ? ['-N'] : [],
    ...wanted.system ? ['-r'] : [],
    ...homeOptions(wanted),
    ...option('-Z', wanted.seuser), ...ownDefaults({ UID_MIN: wanted.uid_min, UID_MAX: wanted.uid_max }),
  ]
  return [
    `if command -v useradd >/dev/null; then useradd ${quoteAll([...options, wanted.name])}; else adduser ${quoteAll(busyboxOptions(wanted))}; fi`,
    ...wanted.password === undefined ? [] : [SET_PASSWORD],
    ...wanted.password_lock === true ? [`usermod -L ${quote(wanted.name)}`] : [],
    ...ageing(wanted, undefined, { ...user, ...newAges(wanted) }),
  ]
}

function newAges(wanted: WantedUser): Partial<UserState> {
  const inactive = wanted.password_expire_account_disable ?? -1
  return {
    minDays: wanted.password_expire_min ?? null, maxDays: wanted.password_expire_max ?? null, warnDays: wanted.password_expire_warn ?? null,
    inactiveDays: inactive < 0 ? null : inactive,
  }
}

function homeOptions({ create_home: makes, skeleton, umask }: WantedUser): readonly string[] {
  return [
    ...makes ? ['-m'] : ['-M'],
    ...makes && skeleton !== undefined ? ['-k', skeleton] : [],
    ...ownDefaults({ UMASK: umask }),
  ]
}

/** Settings of /etc/login.defs, for this call alone. */
function ownDefaults(settings: Readonly<Record<string, string | number | undefined>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => value === undefined ? [] : ['-K', `${name}=${value}`])
}

function option(letter: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [letter, String(value)]
}

function accountOptions(wanted: WantedUser, user: UserState): readonly string[] {
  return [
    ...option('-u', wanted.uid), ...wanted.uid !== undefined && wanted.non_unique ? ['-o'] : [],
    ...option('-g', wanted.group), ...user.groups.length === 0 ? [] : ['-G', user.groups.join(',')],
    ...option('-c', wanted.comment), ...option('-d', wanted.home), ...option('-s', wanted.shell),
    ...wanted.expires === undefined ? [] : ['-e', expiryDate(wanted.expires < 0 ? null : Math.floor(wanted.expires / 86_400))],
  ]
}

function busyboxOptions(wanted: WantedUser): readonly string[] {
  return [
    '-D', ...wanted.system ? ['-S'] : [], ...wanted.create_home ? [] : ['-H'], ...option('-u', wanted.uid), ...option('-G', wanted.group), ...option('-g', wanted.comment),
    ...option('-h', wanted.home), ...option('-s', wanted.shell), wanted.name,
  ]
}

function modification(wanted: WantedUser, before: UserState, after: UserState): readonly string[] {
  const changed = (field: keyof UserState) => JSON.stringify(before[field]) !== JSON.stringify(after[field])
  const options = MODIFIERS.flatMap(([field, words]) => changed(field) ? words(after, wanted) : [])
  const name = quote(wanted.name)
  return [
    ...options.length === 0 ? [] : [`usermod ${quoteAll(options)} ${name}`],
    ...changed('passwordDigest') && wanted.password !== undefined ? [SET_PASSWORD] : [],
    ...changed('locked') ? [`usermod ${after.locked ? '-L' : '-U'} ${name}`] : [],
    ...ageing(wanted, before, after),
    ...changed('homeExists') && after.homeExists ? [makeHome(wanted, after.home)] : [],
  ]
}

/** Options of usermod for a field that changes. */
const MODIFIERS: readonly (readonly [keyof UserState, (after: UserState, wanted: WantedUser) => readonly string[]])[] = [
  ['uid', ({ uid }, { non_unique: shared }) => ['-u', String(uid), ...shared ? ['-o'] : []]],
  ['group', ({ group }) => ['-g', group]],
  ['groups', ({ groups }) => ['-G', groups.join(',')]],
  ['comment', ({ comment }) => ['-c', comment]],
  ['home', ({ home }, { move_home: moves }) => ['-d', home, ...moves ? ['-m'] : []]],
  ['shell', ({ shell }) => ['-s', shell]],
  ['expires', ({ expires }) => ['-e', expiryDate(expires ?? null)]],
]

function ageing({ name }: WantedUser, before: UserState | undefined, after: UserState): readonly string[] {
  const letters = [['minDays', '-m'], ['maxDays', '-M'], ['warnDays', '-W'], ['inactiveDays', '-I']] as const
  const options = letters.flatMap(([field, letter]) => (before?.[field] ?? null) === (after[field] ?? null) ? [] : [letter, String(after[field] ?? -1)])
  return options.length === 0 ? [] : [`chage ${quoteAll(options)} ${quote(name)}`]
}

function makeHome({ name, skeleton }: WantedUser, home: string): string {
  const [user, folder] = [quote(name), quote(home)]
  return `if ! [ -e ${folder} ]; then mkdir -p ${folder} && cp -R ${quote(`${skeleton ?? '/etc/skel'}/.`)} ${folder} && chown -R ${user}: ${folder} && chmod 755 ${folder}; fi`
}

function expiryDate(days: number | null): string {
  return days === null ? '' : new Date(days * 86_400_000).toISOString().slice(0, 10)
}

function effects({ name, local }: WantedUser, { before, after }: Change<UserAnswer>): Effects {
  const homes = [before.user?.home, after.user?.home].filter((home) => home !== undefined)
  // Which ids the host will choose is not known before.
  const isCertain = after.user === null || (before.user !== null && before.user.group === after.user.group)
  return {
    keys: touchedKeys(name),
    paths: [...before.user === null ? [] : new Set(homes), `/var/mail/${name}`],
    predictions: after.user === null ? [] : [
      { probe: homeProbe(name), answer: { name, home: after.user.home, group: after.user.group } },
      ...isCertain ? [{ probe: userProbe(name, { local }), answer: after }] : [],
      ...after.user.uid < 0 ? [] : [{ probe: accountProbe('passwd', name), answer: { name, id: after.user.uid } }],
    ],
  }
}

/** Keys of all that a change of an account touches. */
export function touchedKeys(name: string): readonly string[] {
  return [...userKeys(name), `group:${name}`, `group:${name}:local`, `path:~${name}*`, `ownership:passwd:${name}`, 'users', 'accounts:*', ...accountFileKeys(['passwd', 'group', 'shadow', 'gshadow', 'subuid', 'subgid'])]
}
