import type { Change } from '../../../module/module.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { Diversion, DiversionState } from './diversion-probe.ts'

interface Manner {
  readonly path: string
  readonly rename: boolean
  readonly force: boolean
}

/** Leads from one state to the other, either way; tells each command behind a plus sign. */
export function changeDiversion(manner: Manner, { before, after }: Change<DiversionState>): string {
  const [from, to] = [before.diversion, after.diversion]
  if (to === null) return [PRELUDE, clear(manner, manner.path, from?.divert ?? manner.path), removeCommand(manner, manner.rename)].join('\n')
  if (from === null) return [PRELUDE, clear(manner, to.divert, manner.path), addCommand(manner, to, manner.rename)].join('\n')
  const [old, next] = [quote(from.divert), quote(to.divert)]
  return [PRELUDE, removeCommand(manner, false), addCommand(manner, to, false), `if [ -e ${old} ] && [ ! -e ${next} ]; then mv ${old} ${next}; fi`].join('\n')
}

// dpkg-divert of old always leaves the files alone unless told, and does not know how to be told so.
const PRELUDE = `k=; dpkg-divert --help | grep -q -e --no-rename && k=--no-rename
run() { echo "+ dpkg-divert $*"; LC_ALL=C dpkg-divert "$@" || exit; }`

/** Removes what a file would be moved onto, where that is wanted. */
function clear({ rename, force }: Manner, obstacle: string, moved: string): string {
  return rename && force ? `if [ -e ${quote(obstacle)} ] && [ -e ${quote(moved)} ]; then rm -f ${quote(obstacle)}; fi` : ':'
}

function removeCommand({ path }: Manner, renames: boolean): string {
  return `run ${renames ? '--rename' : '$k'} --remove ${quote(path)}`
}

function addCommand({ path }: Manner, { holder, divert }: Diversion, renames: boolean): string {
  return `run ${renames ? '--rename' : '$k'} ${quoteAll([...holder === 'LOCAL' ? ['--local'] : ['--package', holder], '--divert', divert, '--add', path])}`
}
