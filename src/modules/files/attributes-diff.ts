import type { TextDiff } from '../../module/module.ts'
import type { KnownStat } from './attributes.ts'
import { stateOf } from './file-facts.ts'
import { modeText } from './mode.ts'

/** What `--diff` shows where only owner, group, permissions or the kind of thing at a path change. */
export function attributesDiff(path: string, before: KnownStat | undefined, after: KnownStat | undefined): TextDiff {
  const [from, to] = [shown(before), shown(after)]
  const fields = Object.keys({ ...from, ...to }).filter((field) => from[field] !== to[field])
  const text = (all: Readonly<Record<string, string>>): string => [`path: ${path}\n`, ...fields.flatMap((field) => (all[field] === undefined ? [] : [`${field}: ${all[field]}\n`]))].join('')
  return { before: text(from), after: text(to), beforeHeader: path, afterHeader: path }
}

function shown(stat: KnownStat | undefined): Readonly<Record<string, string>> {
  const { mode, owner, group, target } = stat ?? {}
  return {
    state: stateOf(stat),
    ...(mode !== undefined && { mode: modeText(mode) }),
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
    ...(target !== undefined && { src: target }),
  }
}
