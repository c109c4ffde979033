import type { Change } from '../../../module/module.ts'
import type { FileWrites, Remote } from '../../../remote/remote.ts'
import type { AlternativesState } from './probe.ts'

interface Link {
  /** Where the command is looked for. */
  readonly link: string | null
  readonly name: string
  /** The program that counts; undefined where there is none. */
  readonly path: string | undefined
}

/** All links that a change may make, move or remove. */
export function linkPaths(name: string, change: Change<AlternativesState>): readonly string[] {
  return linksOf(name, change).flatMap(({ name: own, link }) => [inAlternatives(own), ...link === null ? [] : [link]])
}

/** What update-alternatives makes of the links: what is no link is left alone, and what leads to nothing is not made. */
export async function foretellLinks(name: string, change: Change<AlternativesState>, { files, remote }: { readonly files: FileWrites, readonly remote: Remote }): Promise<void> {
  for (const { name: own, link, path } of linksOf(name, change)) {
    const program = path === undefined ? undefined : await remote.stat(path)
    const target = own !== name && program === undefined ? undefined : path
    await point(inAlternatives(own), target, { files, remote })
    if (link !== null) await point(link, target === undefined ? undefined : inAlternatives(own), { files, remote })
  }
}

async function point(link: string, target: string | undefined, { files, remote }: { readonly files: FileWrites, readonly remote: Remote }): Promise<void> {
  const now = await remote.lstat(link)
  if (now !== undefined && now.type !== 'link') return
  if (target === undefined) await files.remove(link)
  else if (now?.target !== target) await files.makeSymbolicLink(link, target)
}

function linksOf(name: string, { before, after }: Change<AlternativesState>): readonly Link[] {
  const chosen = after.known.find(({ path }) => path === after.current)
  const all = [...before.known, ...after.known].flatMap(({ subcommands }) => subcommands)
  const subcommands = [...new Map(all.map((one) => [one.name, one])).values()]
  return [
    { name, link: after.link ?? before.link, path: after.current ?? undefined },
    ...subcommands.map(({ name: own, link }) => ({ name: own, link, path: chosen?.subcommands.find((one) => one.name === own)?.path })),
  ]
}

function inAlternatives(name: string): string {
  return `/etc/alternatives/${name}`
}
