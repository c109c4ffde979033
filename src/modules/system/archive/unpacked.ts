import type { FileAttributes, FileType } from '../../../remote/files.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import { hasAttributes, type KnownStat } from '../../files/attributes.ts'

/** Something of an archive that is in the folder. */
export interface Unpacked {
  readonly path: string
  readonly stat: KnownStat
}

/** Owners and permissions of what an archive holds, and of the topmost folders on the way to it. */
export function unpackedProbe(dest: string, files: readonly string[]): ScriptProbe<readonly Unpacked[]> {
  const names = [...new Set(files.flatMap((name) => [name, ...name.includes('/') ? [name.slice(0, name.indexOf('/'))] : []]).map((name) => name.replace(/\/$/, '')))]
  return {
    kind: 'script',
    key: `unpacked:${dest}:${names.join('\n')}`,
    script: `cd ${quote(dest)} && tr '\\n' '\\0' <<'TSPLAY_END' | xargs -0 stat -c '%f %u %g %U %G %n' -- 2>/dev/null; :
${names.map((name) => `./${name}`).join('\n')}
TSPLAY_END`,
    parse: ({ stdout }) => stdout.toString('utf8').split('\n').flatMap((line) => {
      const [, hex = '', uid, gid, owner = '', group = '', name] = /^([0-9a-f]+) (\d+) (\d+) (\S+) (\S+) \.\/(.*)$/.exec(line) ?? []
      const bits = Number.parseInt(hex, 16)
      return name === undefined ? [] : [{ path: name, stat: { type: TYPES[bits & 0o170000] ?? 'file', mode: bits & 0o7777, uid: Number(uid), gid: Number(gid), owner, group } }]
    }),
    readsPaths: [dest],
  }
}

const TYPES: Readonly<Record<number, FileType>> = { 0o040000: 'directory', 0o120000: 'link', 0o100000: 'file', 0o010000: 'fifo', 0o140000: 'socket', 0o060000: 'block', 0o020000: 'character' }

export interface Needing extends Unpacked {
  readonly needed: FileAttributes
}

/** Sets what is needed: one command for all that need the same. */
export async function setUnpacked(dest: string, entries: readonly Needing[], remote: Remote): Promise<void> {
  const groups = new Map<string, string[]>()
  for (const { path, needed } of entries) {
    if (!hasAttributes(needed)) continue
    const owner = ownerOf(needed)
    if (owner !== undefined) add(groups, `chown -h -- ${quote(owner)}`, path)
    if (needed.mode !== undefined) add(groups, `chmod -- ${needed.mode.toString(8).padStart(5, '0')}`, path)
  }
  // Owners first: changing them takes setuid bits away.
  const commands = [...groups].sort(([left], [right]) => right.localeCompare(left))
  if (commands.length === 0) return
  const script = commands.map(([command, paths]) => `tr '\\n' '\\0' <<'TSPLAY_END' | xargs -0 ${command} || exit\n${paths.map((path) => `./${path}`).join('\n')}\nTSPLAY_END`).join('\n')
  await remote.write({ summary: `Set owners and permissions in ${dest}`, command: { script: `cd ${quote(dest)} || exit\n${script}` }, effects: { paths: [dest] } })
}

/** As chown takes it. */
function ownerOf({ owner, group }: FileAttributes): string | undefined {
  return group === undefined ? owner : `${owner ?? ''}:${group}`
}

function add(groups: Map<string, string[]>, command: string, path: string): void {
  const paths = groups.get(command)
  if (paths === undefined) groups.set(command, [path])
  else paths.push(path)
}
