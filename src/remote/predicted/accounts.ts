import { quote } from '../../text/shell-quote.ts'
import type { FileAttributes, FileStat } from '../files.ts'
import type { ScriptProbe } from '../probe.ts'
import type { Remote } from '../remote.ts'

export type Ownership = Pick<FileStat, 'owner' | 'uid' | 'group' | 'gid'>

interface Account {
  readonly name: string
  readonly id: number
}

/** Who the user of a conversation is: what they make belongs to them. */
export function ownOwnership(real: Remote): Promise<Ownership> {
  return real.read(OWN)
}

/** What the ownership is once the asked attributes are set; an account that does not exist yet has no number that is known. */
export async function ownershipAfter(real: Remote, { owner, group }: FileAttributes, before: Ownership): Promise<Ownership> {
  const [user, members] = await Promise.all([
    owner === undefined ? undefined : real.read(accountProbe('passwd', owner)),
    group === undefined ? undefined : real.read(accountProbe('group', group)),
  ])
  return {
    ...before,
    ...(user === undefined ? {} : { owner: user.name, uid: user.id }),
    ...(members === undefined ? {} : { group: members.name, gid: members.id }),
  }
}

const OWN: ScriptProbe<Ownership> = {
  kind: 'script', key: 'own-ownership', script: 'LC_ALL=C id',
  parse: ({ stdout }) => {
    const [, uid = '', owner, gid = '', group] = /^uid=(\d+)(?:\(([^)]*)\))? gid=(\d+)(?:\(([^)]*)\))?/.exec(stdout.toString('utf8')) ?? []
    return { owner: owner ?? uid, uid: Number(uid), group: group ?? gid, gid: Number(gid) }
  },
}

/** An account by its name or number, with -1 for a name that there is not; `getent` also knows those of directory services, where there is one. */
export function accountProbe(database: 'passwd' | 'group', name: string): ScriptProbe<Account> {
  const field = /^\d+$/.test(name) ? 3 : 1
  return {
    kind: 'script', key: `ownership:${database}:${name}`, readsPaths: [`/etc/${database}`],
    script: `getent ${database} ${quote(name)} 2>/dev/null || { w=${quote(name)}; while IFS=: read -r n x i r; do case ${field === 3 ? '$i' : '$n'} in "$w") echo "$n:x:$i";; esac; done </etc/${database}; }`,
    parse: ({ stdout }) => {
      const [found, , id] = stdout.toString('utf8').split('\n')[0]?.split(':') ?? []
      if (found === undefined || id === undefined) return { name, id: field === 3 ? Number(name) : -1 }
      return { name: found, id: Number(id) }
    },
  }
}
