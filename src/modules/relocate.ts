import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { FileEntry, FileStat } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'

interface Wanted {
  readonly src: string
  readonly dest: string
  readonly link: boolean
}

interface Place {
  readonly src: string | undefined
  /** The old place is a symbolic link to the new one. */
  readonly linked: boolean
  readonly dest: string | undefined
  /** Both are there: a move that was interrupted while it copied, or while it removed; or two things. */
  readonly both?: 'copying' | 'removing' | 'different'
}

/** `relocate`: a file or folder is at its new place, and no longer at the old one. tsplay's own. */
export const relocate = defineModule({
  name: 'relocate',
  summary: 'Move a file or folder to another place, once.',
  args: {
    src: { type: 'path', required: true, description: 'Where it may still be.' },
    dest: { type: 'path', required: true, aliases: ['path'], description: 'Where it is to be; the folder above it is made.' },
    link: { type: 'bool', default: false, description: 'Leave a symbolic link at the old place.' },
  },
  examples: [{ name: 'Put the old cluster aside', args: { src: '/etc/postgresql', dest: '/backup/etc/postgresql' } }],
  observe: async (wanted: Wanted, remote): Promise<Place> => {
    const { src, dest } = wanted
    const [from, to] = await Promise.all([remote.lstat(src), remote.lstat(dest)])
    const shared = { src: from?.type, dest: to?.type, linked: from?.type === 'link' && from.target === dest }
    return from === undefined || to === undefined || shared.linked ? shared : { ...shared, both: await compare(wanted, { from, to }, remote) }
  },
  diff: (wanted: Wanted, before): Change<Place> | undefined => {
    const { src, dest } = wanted
    if (before.both === 'different') throw new ModuleFailure(`Cannot move ${src} to ${dest}: something else is there`)
    if (isThere(wanted, before)) return undefined
    const after = wanted.link ? { src: 'link', linked: true } : { src: undefined, linked: false }
    return { before, after: { ...after, dest: before.dest ?? before.src }, diff: [{ before: `${src}\n`, after: `${dest}\n` }] }
  },
  apply: async ({ src, dest }: Wanted, { before, after }, remote) => {
    // The way back, too: a link makes way for what it points to.
    if (before.linked || before.both === 'removing') await remote.remove(src)
    if (after.dest === undefined) await remote.move(dest, src)
    else if (!before.linked && (before.dest === undefined || before.both === 'copying')) await move({ src, dest }, before, remote)
    if (after.linked) await remote.makeSymbolicLink(src, dest)
    return undefined
  },
  result: ({ src, dest }: Wanted) => ({ src, dest }),
  undo: (_wanted, { before }) => before.both === undefined ? 'swap' : { impossible: 'the move had been interrupted, so one half of it is gone' },
})

function isThere({ link }: Wanted, { src, dest, linked }: Place): boolean {
  if (linked) return link
  return src === undefined && (dest === undefined || !link)
}

async function move({ src, dest }: Omit<Wanted, 'link'>, { both }: Place, remote: Remote): Promise<void> {
  if (both === 'copying') await remote.remove(dest)
  const parent = dest.slice(0, dest.lastIndexOf('/'))
  if (parent !== '' && await remote.stat(parent) === undefined) await remote.makeDirectory(parent)
  await remote.move(src, dest)
}

/** A half copy lacks something that the source has; a half removal the other way round. */
async function compare({ src, dest }: Wanted, { from, to }: { readonly from: FileStat, readonly to: FileStat }, remote: Remote): Promise<'copying' | 'removing' | 'different'> {
  const [left, right] = await Promise.all([contentOf(src, from, remote), contentOf(dest, to, remote)])
  if ([...left].every(([path, size]) => right.get(path) === size)) return 'removing'
  return [...right].every(([path, size]) => size <= (left.get(path) ?? -1)) ? 'copying' : 'different'
}

async function contentOf(path: string, stat: FileStat, remote: Remote): Promise<ReadonlyMap<string, number>> {
  if (stat.type !== 'directory') return new Map([['', stat.size]])
  const entries = await remote.list(path) ?? []
  return new Map(entries.filter(isFile).map((entry) => [entry.path.slice(path.length), entry.size]))
}

const isFile = ({ type }: FileEntry): boolean => type !== 'directory'
