import type { Change } from '../../../module/module.ts'
import type { FileWrites } from '../../../remote/remote.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { Diversion, DiversionState } from './diversion-probe.ts'

export interface Manner {
  readonly path: string
  readonly rename: boolean
  readonly force: boolean
}

interface Step {
  readonly words: readonly string[]
  /** What dpkg-divert says of it. */
  readonly message: string
}

/** What is done and said on the way from one state to the other, either way. */
export function divertSteps({ path, rename }: Manner, { before, after }: Change<DiversionState>): readonly Step[] {
  const [from, to] = [before.diversion, after.diversion]
  const renames = rename && (from === null) !== (to === null)
  const flag = renames ? ['--rename'] : before.known.knowsNoRename ? ['--no-rename'] : []
  return [
    ...from === null ? [] : [{ words: [...flag, '--remove', path], message: `Removing '${described(path, from)}'` }],
    ...to === null ? [] : [{ words: [...flag, ...holderWords(to), '--divert', to.divert, '--add', path], message: `Adding '${described(path, to)}'` }],
  ]
}

/** Does the steps; what dpkg-divert says goes to standard output. */
export function divertScript(manner: Manner, change: Change<DiversionState>): string {
  const { before: { diversion: from }, after: { diversion: to } } = change
  const lines = divertSteps(manner, change).map(({ words }) => `LC_ALL=C dpkg-divert ${quoteAll(words)} || exit`)
  if (from === null || to === null) return [clear(manner, obstacle(manner, change)), ...lines].join('\n')
  return [...lines, `if [ -e ${quote(from.divert)} ] && [ ! -e ${quote(to.divert)} ]; then mv ${quoteAll([from.divert, to.divert])}; fi`].join('\n')
}

/** What becomes of the files, told by what is known of them. */
export async function foretellFiles(manner: Manner, { before, after }: Change<DiversionState>, files: FileWrites): Promise<void> {
  const [from, to] = [before.diversion, after.diversion]
  if (from !== null && to !== null) {
    if (before.exists.diverted && !before.exists.target) await files.move(from.divert, to.divert)
    return
  }
  const { moved, onto } = obstacle(manner, { before, after })
  const isThere = to === null ? before.exists.diverted : before.exists.path
  if (manner.rename && isThere) await files.move(moved, onto)
}

interface Way {
  readonly moved: string
  readonly onto: string
}

function obstacle({ path }: Manner, { before, after }: Change<DiversionState>): Way {
  return after.diversion === null ? { moved: before.diversion?.divert ?? path, onto: path } : { moved: path, onto: after.diversion.divert }
}

/** Removes what a file would be moved onto, where that is wanted. */
function clear({ rename, force }: Manner, { moved, onto }: Way): string {
  return rename && force ? `if [ -e ${quote(onto)} ] && [ -e ${quote(moved)} ]; then rm -f ${quote(onto)}; fi` : ':'
}

function holderWords({ holder }: Diversion): readonly string[] {
  return holder === 'LOCAL' ? ['--local'] : ['--package', holder]
}

function described(path: string, { holder, divert }: Diversion): string {
  return holder === 'LOCAL' ? `local diversion of ${path} to ${divert}` : `diversion of ${path} to ${divert} by ${holder}`
}
