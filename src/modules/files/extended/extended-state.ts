import type { Remote } from '../../../remote/remote.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { WantedExtended } from './arguments.ts'

/** Attributes and SELinux context of a file. */
export interface Extended {
  readonly path: string
  /** Letters of lsattr; null where the file system or the host has none, or nothing is at the path. */
  readonly flags: string | null
  /** `user:role:type:level`; null on hosts without SELinux. */
  readonly context: string | null
  /** What the policy says of it. */
  readonly usual: string | null
}

export function observeExtended(paths: readonly string[], remote: Remote): Promise<readonly Extended[]> {
  return Promise.all(paths.map((path) => remote.read(extendedProbe(path))))
}

/** How a file is to be; the same object where it is so. */
export function extendedAfter(wanted: WantedExtended, before: Extended): Extended {
  const asked = flagsAfter(wanted.attributes, before.flags ?? '')
  const flags = wanted.attributes === undefined || asked === (before.flags ?? '') ? before.flags : asked
  const context = before.context === null ? null : contextAfter(wanted, before)
  return flags === before.flags && context === before.context ? before : { ...before, flags, context }
}

/** Letters that describe how a file is stored: no one sets them. */
const UNSETTABLE = /[eEhINVZ]/g

function flagsAfter(wanted: string | undefined, flags: string): string {
  if (wanted === undefined) return flags
  const [, sign = '', letters = ''] = /^([-+=]?)(.*)$/.exec(wanted) ?? []
  if (sign === '-') return sorted([...flags].filter((letter) => !letters.includes(letter)))
  return sorted(sign === '+' ? [...flags, ...letters] : letters)
}

function sorted(letters: Iterable<string>): string {
  return [...new Set(letters)].sort().join('')
}

function contextAfter({ seuser, serole, setype, selevel }: WantedExtended, { context, usual }: Extended): string {
  const [now, policy] = [(context ?? '').split(':'), (usual ?? '').split(':')]
  const part = (wanted: string | undefined, index: number): string => (wanted === '_default' ? policy[index] : wanted) ?? now[index] ?? ''
  const level = selevel === undefined ? now.slice(3).join(':') : selevel === '_default' ? policy.slice(3).join(':') : selevel
  return [part(seuser, 0), part(serole, 1), part(setype, 2), ...level === '' ? [] : [level]].join(':')
}

/** Gets files from one state to another; a file that was put there anew has none of its attributes yet. */
export async function applyExtended(before: readonly Extended[], after: readonly Extended[], remote: Remote): Promise<void> {
  const lines = after.flatMap((to, index) => linesFor(before[index], to))
  if (lines.length === 0) return
  const paths = after.map(({ path }) => path)
  await remote.write({
    summary: `Set attributes of ${paths.join(', ')}`,
    command: { script: lines.join(' &&\n') },
    effects: { paths, predictions: after.map((answer) => ({ probe: extendedProbe(answer.path), answer })) },
  })
}

function linesFor(from: Extended | undefined, to: Extended): readonly string[] {
  const gone = [...from?.flags ?? ''].filter((letter) => !(to.flags ?? '').includes(letter)).join('')
  return [
    ...gone === '' ? [] : [`chattr -${gone} -- ${quote(to.path)}`],
    ...(to.flags ?? '') === '' ? [] : [`chattr +${to.flags ?? ''} -- ${quote(to.path)}`],
    ...to.context === null ? [] : [`chcon ${quoteAll([to.context, to.path])}`],
  ]
}

function extendedProbe(path: string): ScriptProbe<Extended> {
  return {
    kind: 'script',
    key: `extended:${path}`,
    script: `p=${quote(path)}
echo "L $(lsattr -d -- "$p" 2>/dev/null)"
[ -e /sys/fs/selinux/enforce ] && { echo "C $(stat -c %C -- "$p" 2>/dev/null)"; echo "U $(matchpathcon -n "$p" 2>/dev/null)"; }; :`,
    parse: ({ stdout }) => {
      const line = (kind: string): string | null => new RegExp(`^${kind} (.*)$`, 'm').exec(stdout.toString('utf8'))?.[1] ?? null
      const flags = line('L')?.split(' ')[0]?.replaceAll('-', '').replace(UNSETTABLE, '')
      return { path, flags: flags === undefined || line('L') === '' ? null : sorted(flags), context: line('C'), usual: line('U') }
    },
    readsPaths: [path],
  }
}
