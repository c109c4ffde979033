import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { diversionProbe, type DiversionState } from './system/diversions/diversion-probe.ts'
import { changeDiversion } from './system/diversions/change-diversion.ts'

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
  prepare: async (given: ArgumentsOf<typeof args>) => ({ ...given, target: given.divert ?? `${given.path}.distrib` }),
  observe: (wanted, remote) => remote.read(diversionProbe(wanted.path, wanted.target)),
  diff: (wanted, before) => {
    const { path, state, holder = 'LOCAL', target, rename, force } = wanted
    const diversion = state === 'present' ? { holder, divert: target } : null
    if (JSON.stringify(before.diversion) === JSON.stringify(diversion)) return undefined
    const inTheWay = rename && (before.diversion === null) !== (diversion === null) && before.exists.path && (diversion === null ? before.exists.diverted : before.exists.target)
    if (inTheWay && !force) throw new ModuleFailure("Set 'force' param to True to force renaming of files.", { diversion: shown(path, before) })
    return { before, after: { ...before, diversion } }
  },
  apply: async ({ path, target, rename, force }, change, remote) => {
    const { stdout } = await remote.write({
      summary: `${change.after.diversion === null ? 'End' : 'Set'} the diversion of ${path}`,
      command: { script: changeDiversion({ path, rename, force }, change) },
      effects: {
        keys: ['diversion:*'], paths: [path, target, ...change.before.diversion === null ? [] : [change.before.diversion.divert]],
        predictions: rename ? [] : [{ probe: diversionProbe(path, target), answer: change.after }],
      },
    })
    const lines = stdout.toString('utf8').split('\n').filter((line) => line !== '')
    return { messages: lines.filter((line) => !line.startsWith('+ ')), commands: lines.filter((line) => line.startsWith('+ ')).map((line) => line.slice(2)) }
  },
  result: ({ path }, state) => ({ diversion: shown(path, state), commands: [], messages: [] }),
  destroys: ({ path, target, rename, force }, { before, after }) => rename && force && before.exists.path && before.exists.target ? [after.diversion === null ? path : target] : [],
})

function shown(path: string, { diversion }: DiversionState): JsonObject {
  return { path, state: diversion === null ? 'absent' : 'present', divert: diversion?.divert ?? null, holder: diversion?.holder ?? null }
}
