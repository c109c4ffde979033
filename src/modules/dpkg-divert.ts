import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { divertScript, divertSteps, foretellFiles, type Manner } from './system/diversions/change-diversion.ts'
import { DIVERSIONS, DIVERSIONS_FILE, observeDiversion, type Diversion, type Diversions, type DiversionState } from './system/diversions/diversion-probe.ts'

const args = {
  path: { type: 'path', required: true, description: 'The file.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether packages are to put their version of it elsewhere.' },
  holder: { type: 'str', description: 'The package that may have it; `LOCAL`, the default, is none.' },
  divert: { type: 'path', description: 'Where the version of packages goes; default: the path with `.distrib` behind it.' },
  rename: { type: 'bool', default: false, description: 'Whether the file itself is moved there, or back.' },
  force: { type: 'bool', default: false, description: 'Whether a file that is in the way of that is removed.' },
} as const

/** `community.general.dpkg_divert`: files that packages leave to the administrator. */
export const dpkgDivert = defineModule({
  name: 'dpkg_divert',
  aliases: ['community.general.dpkg_divert'],
  summary: 'Keep packages from writing a file: their version goes elsewhere.',
  args,
  examples: [{ name: 'The screen saver is ours', args: { path: '/usr/bin/busybox', divert: '/usr/bin/busybox.dpkg-divert', rename: true } }],
  prepare: async (given: ArgumentsOf<typeof args>): Promise<Wanted> => ({ ...given, target: given.divert ?? `${given.path}.distrib` }),
  observe: (wanted, remote) => observeDiversion(wanted, remote),
  diff: (wanted, before) => {
    const { path, rename, force } = wanted
    const diversion = wantedDiversion(wanted)
    if (isSame(before.diversion, diversion)) return undefined
    if (!force && isInTheWay(wanted, before)) throw new ModuleFailure("Set 'force' param to True to force renaming of files.", { diversion: shown(path, before) })
    const change = { before, after: { ...before, diversion, known: knownAfter(before.known, path, diversion) } }
    const steps = divertSteps({ path, rename, force }, change)
    return {
      ...change, diff: [{ before: shownText(path, before), after: shownText(path, change.after) }],
      fields: { commands: steps.map(({ words }) => `dpkg-divert ${words.join(' ')}`), messages: steps.map(({ message }) => message) },
    }
  },
  apply: async ({ path, rename, force }, change, remote) => {
    const manner = { path, rename, force }
    const { stdout } = await remote.write({
      summary: `${change.after.diversion === null ? 'End' : 'Set'} the diversion of ${path}`,
      command: { script: divertScript(manner, change) },
      effects: { paths: [DIVERSIONS_FILE], predictions: [{ probe: DIVERSIONS, answer: change.after.known }] },
      foretold: { paths: movedPaths(manner, change), write: (files) => foretellFiles(manner, change, files) },
    })
    const messages = stdout.toString('utf8').split('\n').filter((line) => line !== '')
    return messages.length === 0 ? undefined : { messages }
  },
  result: ({ path }, state) => ({ diversion: shown(path, state), commands: [], messages: [] }),
  destroys: ({ path, target, rename, force }, { before, after }) => rename && force && before.exists.path && before.exists.target ? [after.diversion === null ? path : target] : [],
})

type Wanted = ArgumentsOf<typeof args> & { readonly target: string }

function wantedDiversion({ state, holder = 'LOCAL', target }: Wanted): Diversion | null {
  return state === 'present' ? { holder, divert: target } : null
}

function isSame(one: Diversion | null, other: Diversion | null): boolean {
  return one?.holder === other?.holder && one?.divert === other?.divert
}

/** Whether both the file that would be moved and one where it would come to lie are there. */
function isInTheWay({ state, rename }: Wanted, { diversion, exists }: DiversionState): boolean {
  if (!rename || (diversion === null) !== (state === 'present')) return false
  return exists.path && (state === 'present' ? exists.target : exists.diverted)
}

function knownAfter({ paths, knowsNoRename }: Diversions, path: string, diversion: Diversion | null): Diversions {
  const others = Object.fromEntries(Object.entries(paths).filter(([other]) => other !== path))
  return { knowsNoRename, paths: diversion === null ? others : { ...others, [path]: diversion } }
}

/** Files that may come to lie elsewhere. */
function movedPaths({ path, rename }: Manner, { before, after }: Change<DiversionState>): readonly string[] {
  const places = [before.diversion, after.diversion].flatMap((diversion) => diversion === null ? [] : [diversion.divert])
  if (places.length === 2) return places
  return rename ? [path, ...places] : []
}

function shownText(path: string, state: DiversionState): string {
  return Object.entries(shown(path, state)).map(([name, value]) => `${name}: ${String(value)}\n`).join('')
}

function shown(path: string, { diversion }: DiversionState): JsonObject {
  return { path, state: diversion === null ? 'absent' : 'present', divert: diversion?.divert ?? null, holder: diversion?.holder ?? null }
}
