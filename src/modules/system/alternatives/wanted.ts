import { ModuleFailure } from '../../../module/module.ts'
import type { Alternative, AlternativesState, Subcommand } from './probe.ts'

interface WantedAlternative {
  readonly name: string
  readonly path: string | undefined
  readonly family: string | undefined
  readonly link: string | undefined
  readonly priority: number | undefined
  readonly state: 'present' | 'selected' | 'auto' | 'absent'
  readonly subcommands: readonly Subcommand[] | undefined
}

interface Outcome {
  readonly after: AlternativesState
  /** What has to be done; nothing when all is so. */
  readonly messages: readonly string[]
}

/** How things are to be, and in words what that takes. */
export function wantedAlternatives(wanted: WantedAlternative, before: AlternativesState): Outcome {
  if (wanted.state === 'absent') return removed(wanted, before)
  const installed = withInstalled(wanted, before)
  const chosen = withChosen(wanted, installed.after, before)
  return { after: chosen.after, messages: [...installed.messages, ...chosen.messages] }
}

function removed({ name, path }: WantedAlternative, before: AlternativesState): Outcome {
  if (!before.known.some((one) => one.path === path)) return { after: before, messages: [] }
  const known = before.known.filter((one) => one.path !== path)
  const messages = [`Remove alternative '${path ?? ''}' from '${name}'.`]
  if (known.length === 0) return { after: { ...before, known, mode: null, current: null, link: null }, messages }
  const mode = before.current === path ? 'auto' : before.mode
  return { after: { ...before, known, mode, current: mode === 'auto' ? best(known) : before.current }, messages }
}

function withInstalled(wanted: WantedAlternative, before: AlternativesState): Outcome {
  const { name, path } = wanted
  const found = before.known.find((one) => one.path === path)
  if (path === undefined || (found !== undefined && isRight(wanted, found))) return { after: before, messages: [] }
  if (!before.exists) throw new ModuleFailure(`Specified path ${path} does not exist`)
  const link = wanted.link ?? before.link
  if (link === null) throw new ModuleFailure('Needed to install the alternative, but unable to do so as we are missing the link')
  const known = [...before.known.filter((one) => one.path !== path), entryFor(wanted, found ?? { path, ...NEW })]
  const mode = before.mode ?? 'auto'
  return { after: { ...before, known, link, mode, current: mode === 'auto' ? best(known, before.current) : before.current }, messages: [`Install alternative '${path}' for '${name}'.`] }
}

const NEW = { family: null, priority: 50, subcommands: [] } as const

function entryFor({ family, priority, subcommands }: WantedAlternative, found: Alternative): Alternative {
  return { ...found, ...family !== undefined && { family }, ...priority !== undefined && { priority }, ...subcommands !== undefined && { subcommands } }
}

function isRight({ priority, subcommands }: WantedAlternative, found: Alternative): boolean {
  const texts = (all: readonly Subcommand[]): string => JSON.stringify(all.map(({ name, path, link }) => [name, path, link]).sort())
  return (priority ?? found.priority) === found.priority && (subcommands === undefined || texts(subcommands) === texts(found.subcommands))
}

function withChosen(wanted: WantedAlternative, installed: AlternativesState, before: AlternativesState): Outcome {
  const { name, path, family, state } = wanted
  if (state === 'selected' && !isSelected(wanted, before)) {
    const current = path ?? best(installed.known.filter((one) => one.family === family))
    if (current === null) throw new ModuleFailure(`No alternative of family ${family ?? ''} for ${name}`)
    return { after: { ...installed, mode: 'manual', current }, messages: [`Set alternative '${path ?? family ?? ''}' for '${name}'.`] }
  }
  if (state === 'auto' && before.mode === 'manual') return { after: { ...installed, mode: 'auto', current: best(installed.known) }, messages: [`Set alternative to auto for '${name}'.`] }
  return { after: installed, messages: [] }
}

function isSelected({ path, family }: WantedAlternative, { known, current }: AlternativesState): boolean {
  if (path !== undefined && current === path) return true
  return family !== undefined && known.some((one) => one.path === current && one.family === family)
}

/** The one with the highest priority; of several the one that counts already. */
function best(known: readonly Alternative[], current: string | null = null): string | null {
  const highest = Math.max(...known.map(({ priority }) => priority))
  const all = known.filter(({ priority }) => priority === highest)
  return (all.find(({ path }) => path === current) ?? all[0])?.path ?? null
}
