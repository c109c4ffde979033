import { quoteAll } from '../../../text/shell-quote.ts'
import type { Alternative, AlternativesState } from './probe.ts'

/** Commands that lead from one state to another, either way. */
export function changeCommands(name: string, from: AlternativesState, to: AlternativesState): readonly string[] {
  const same = (one: Alternative, other: Alternative): boolean => JSON.stringify(one) === JSON.stringify(other)
  const added = to.known.filter((one) => !from.known.some((other) => same(one, other)))
  const gone = from.known.filter((one) => !to.known.some(({ path }) => path === one.path))
  const link = to.link ?? from.link ?? ''
  const lostChoice = gone.some(({ path }) => path === from.current)
  return [
    ...added.map((one) => ['--install', link, name, one.path, String(one.priority), ...one.family === null ? [] : ['--family', one.family], ...slaves(one)]),
    ...gone.map(({ path }) => ['--remove', name, path]),
    ...choice(name, { from, to, lostChoice }),
  ].map((words) => quoteAll(['update-alternatives', ...words]))
}

interface Choice {
  readonly from: AlternativesState
  readonly to: AlternativesState
  /** What counted was removed: then the best counts without being told. */
  readonly lostChoice: boolean
}

function choice(name: string, { from, to, lostChoice }: Choice): readonly (readonly string[])[] {
  const isSame = from.mode === to.mode && (to.mode === 'auto' || from.current === to.current)
  if (to.mode === 'manual') return isSame && !lostChoice ? [] : [['--set', name, to.current ?? '']]
  return to.mode === 'auto' && from.mode === 'manual' && !lostChoice ? [['--auto', name]] : []
}

function slaves({ subcommands }: Alternative): readonly string[] {
  return subcommands.flatMap(({ name, path, link }) => ['--slave', link ?? '', name, path])
}
