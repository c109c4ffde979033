import { createHash } from 'node:crypto'
import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'
import { ifUnknown } from '../../../value/unknown.ts'
import { groupProbe } from './group-probe.ts'
import type { UserState } from './user-state.ts'

/** What is known of a name before it is an account, or while it is one. */
export interface UserAnswer {
  readonly user: UserState | null
  /** A group of the same name is there. */
  readonly groupExists: boolean
  /** Names of the account's groups by their ids. */
  readonly groupNames?: Readonly<Record<string, string>>
}

/** Asks for an account: by the host's name services, or in the local files only. */
export function userProbe(name: string, options: { readonly local: boolean }): ScriptProbe<UserAnswer> {
  return {
    kind: 'script',
    key: `user:${name}${options.local ? ':local' : ''}`,
    script: script(name, options.local),
    parse: ({ stdout }) => parse(name, stdout.toString('utf8')),
    readsPaths: ['/etc/passwd', '/etc/group', '/etc/shadow'],
  }
}

/** What stands for a password hash in states, logs and the journal. */
export function passwordDigest(hash: string): string {
  return createHash('sha256').update(hash.replace(/^!+(?=.)/, '')).digest('hex').slice(0, 16)
}

/** The same, kept apart from a group of the same name, so that one that is only to be made does not make the account unknown. */
function accountProbe(name: string, options: { readonly local: boolean }): ScriptProbe<UserAnswer> {
  return { ...userProbe(name, options), key: `user-account:${name}${options.local ? ':local' : ''}` }
}

/** The same, for those who only ask where an account lives: that is known of one that is to be made, unlike its number. */
export function homeProbe(name: string): ScriptProbe<UserHome | null> {
  const { kind, script, readsPaths = [], parse } = userProbe(name, { local: false })
  return {
    kind, script, readsPaths, key: `user-home:${name}`,
    parse: (result) => {
      const { user } = parse(result)
      return user === null ? null : { name: user.name, home: user.home, group: user.group }
    },
  }
}

export interface UserHome {
  readonly name: string
  readonly home: string
  readonly group: string
}

/** Asks for an account as `userProbe` does, also where a group of its name is only predicted. */
export function observeUser(name: string, { local, remote }: { readonly local: boolean, readonly remote: Remote }): Promise<UserAnswer> {
  return remote.read(userProbe(name, { local })).catch(ifUnknown(async () => {
    const [{ user }, group] = await Promise.all([remote.read(accountProbe(name, { local })), remote.read(groupProbe(name, local))])
    return { user, groupExists: group !== null }
  }))
}

/** Where an account lives. */
export function observeHome(name: string, remote: Remote): Promise<UserHome | null> {
  return remote.read(userProbe(name, { local: false })).then(({ user }) => user).catch(ifUnknown(() => remote.read(homeProbe(name))))
}

/** Keys of all that is asked of an account. */
export function userKeys(name: string): readonly string[] {
  return [`user:${name}`, `user:${name}:local`, `user-account:${name}`, `user-account:${name}:local`, `user-home:${name}`]
}

function script(name: string, local: boolean): string {
  return `n=${quote(name)}
find() { ${local ? '' : 'if command -v getent >/dev/null; then getent "$1" "$2"; return; fi; '}while IFS= read -r l; do case "$l" in "$2":*) printf '%s\\n' "$l"; return;; esac; done <"/etc/$1"; false; }
p=$(find passwd "$n") && {
echo "passwd=$p"
r=\${p#*:*:*:}; g=\${r%%:*}
h=\${p%:*}; h=\${h##*:}; if [ -e "$h" ]; then echo home=1; fi
echo "ids=$(id -Gn -- "$n" 2>/dev/null || id -Gn "$n")"
echo "gids=$(id -G -- "$n" 2>/dev/null || id -G "$n")"
echo "main=$(id -gn -- "$n" 2>/dev/null || id -gn "$n")"
if [ -r /etc/shadow ]; then echo "shadow=$(find shadow "$n")"; fi
}
if find group "$n" >/dev/null; then echo group=1; fi`
}

function parse(name: string, text: string): UserAnswer {
  const fields = new Map(text.split('\n').filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  const groupExists = fields.get('group') === '1'
  const account = fields.get('passwd')?.split(':')
  if (account === undefined) return { user: null, groupExists }
  const [uid, gid, comment, home, shell] = [2, 3, 4, 5, 6].map((index) => account[index] ?? '') as [string, string, string, string, string]
  const group = fields.get('main') ?? gid
  const groups = (fields.get('ids') ?? '').split(' ').filter((one) => one !== '' && one !== group).sort()
  const user = { name, uid: Number(uid), gid: Number(gid), group, groups, comment, home, shell, homeExists: fields.get('home') === '1', ...shadowFields(fields.get('shadow'), account[1] ?? '') }
  return { user, groupExists, ...groupNames(fields) }
}

/** `id` tells ids and names in the same order. */
function groupNames(fields: ReadonlyMap<string, string>): Pick<UserAnswer, 'groupNames'> {
  const [ids, names] = [fields.get('gids')?.split(' ') ?? [], fields.get('ids')?.split(' ') ?? []]
  return ids.length === names.length ? { groupNames: Object.fromEntries(ids.map((id, index) => [id, names[index] ?? id])) } : {}
}

/** An account without a line there has its hash in /etc/passwd, and no dates; without a line to tell, /etc/shadow cannot be read. */
function shadowFields(line: string | undefined, own: string): Partial<UserState> {
  if (line === undefined) return {}
  const fields = line.split(':')
  const [, hash] = fields
  if (hash === undefined) return { passwordDigest: passwordDigest(own), locked: own.startsWith('!') }
  const days = (index: number) => fields[index] === undefined || fields[index] === '' ? null : Number(fields[index])
  return { passwordDigest: passwordDigest(hash), locked: hash.startsWith('!'), minDays: days(3), maxDays: days(4), warnDays: days(5), inactiveDays: days(6), expires: days(7) }
}
