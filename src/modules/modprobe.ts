import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'
import { splitWords } from './system/command/split-words.ts'
import { configuredParameters, isLoadedAtBoot, withModuleAtBoot, withoutModuleAtBoot, type BootFiles } from './system/kernel/boot-files.ts'

interface ModprobeState {
  readonly loaded: boolean
  /** Texts of the files that say what is loaded at boot, and how; nothing where that is not asked for. */
  readonly files: BootFiles
}

/** `community.general.modprobe`: modules of the kernel, now and at boot. */
export const modprobe = defineModule({
  name: 'modprobe',
  aliases: ['community.general.modprobe'],
  summary: 'Keep a kernel module loaded or unloaded.',
  args: {
    name: { type: 'str', required: true, description: 'The module.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether it is to be loaded now.' },
    params: { type: 'str', default: '', description: 'Its parameters, used when it is loaded.' },
    persistent: {
      type: 'str', default: 'disabled', choices: ['disabled', 'absent', 'present'],
      description: 'Whether it is loaded at boot, by files in /etc/modules-load.d and /etc/modprobe.d; `disabled` leaves that alone.',
    },
  },
  examples: [{ name: 'Bridges pass the packet filter', args: { name: 'br_netfilter', persistent: 'present' } }],
  observe: async ({ name, state, persistent }: WantedModule, remote): Promise<ModprobeState> => {
    const [found, files] = await Promise.all([remote.read(loadedProbe(name)), persistent === 'disabled' ? {} : bootFiles(remote)])
    if (state === 'present' && !found.loaded && found.problem !== '') throw new ModuleFailure(found.problem, { name, state, rc: 1, stderr: found.problem })
    return { loaded: found.loaded, files }
  },
  diff: (wanted, before) => {
    const after = { loaded: wanted.state === 'present', files: wantedFiles(wanted, before.files) }
    return after.loaded === before.loaded && after.files === before.files ? undefined : { before, after, diff: [{ before: shown(before, after), after: shown(after, before) }] }
  },
  apply: async ({ name, params }, change, remote) => {
    await writeFiles(change, remote)
    const { loaded } = change.after
    if (loaded === change.before.loaded) return undefined
    await remote.write({
      summary: `${loaded ? 'Load' : 'Unload'} kernel module ${name}`,
      command: { script: quoteAll(['modprobe', ...loaded ? [name, ...splitWords(params)] : ['-r', name]]) },
      effects: { keys: ['module:*', 'sysctl:*', 'facts:*'], paths: ['/proc/modules', '/proc/sys'], predictions: [{ probe: loadedProbe(name), answer: { loaded, problem: '' } }] },
    })
    return undefined
  },
  result: ({ name, params, state }) => ({ name, params, state }),
  destroys: (_wanted, { before, after }) => Object.keys(before.files).filter((path) => before.files[path] !== after.files[path]),
})

interface WantedModule {
  readonly name: string
  readonly state: 'absent' | 'present'
  readonly params: string
  readonly persistent: 'disabled' | 'absent' | 'present'
}

interface Loaded {
  readonly loaded: boolean
  /** Why it could not be loaded. */
  readonly problem: string
}

/** The kernel writes `_` for `-`; what is built in counts as loaded. */
function loadedProbe(name: string): ScriptProbe<Loaded> {
  const pattern = name.replace(/[.[\]*^$\\]/g, '\\$&').replace(/[-_]/g, '[-_]')
  return {
    kind: 'script',
    key: `module:${name}`,
    script: `grep -q ${quote(`^${pattern} `)} /proc/modules 2>/dev/null || grep -q ${quote(`/${pattern}\\.ko`)} "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null || { LC_ALL=C modprobe -n ${quote(name)} >/dev/null; exit 1; }`,
    parse: ({ status, stderr }) => ({ loaded: status === 0, problem: status === 0 ? '' : stderr.toString('utf8').trim() }),
  }
}

async function bootFiles(remote: Remote): Promise<BootFiles> {
  const listed = await Promise.all(['/etc/modules-load.d', '/etc/modprobe.d'].map((folder) => remote.list(folder, { depth: 1 })))
  const paths = listed.flatMap((entries) => entries ?? []).filter(({ type }) => type !== 'directory').map(({ path }) => path)
  const texts = await Promise.all(paths.map(async (path): Promise<readonly [string, string | undefined]> => [path, await remote.readText(path)]))
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined)) as BootFiles
}

function wantedFiles({ name, params, persistent }: WantedModule, files: BootFiles): BootFiles {
  const words = params.split(/\s+/).filter((word) => word !== '')
  const configured = configuredParameters(name, files)
  if (persistent === 'absent') return isLoadedAtBoot(name, files) || configured.length > 0 ? withoutModuleAtBoot(name, files) : files
  const isSo = isLoadedAtBoot(name, files) && words.every((word) => configured.includes(word)) && configured.every((word) => words.includes(word))
  return persistent === 'disabled' || isSo ? files : withModuleAtBoot({ name, parameters: words }, files)
}

function shown(state: ModprobeState, other: ModprobeState): string {
  const differing = Object.keys({ ...state.files, ...other.files }).filter((path) => state.files[path] !== other.files[path])
  return `${state.loaded ? 'loaded' : 'not loaded'}\n${differing.map((path) => `# ${path}\n${state.files[path] ?? ''}`).join('')}`
}

async function writeFiles({ before, after }: Change<ModprobeState>, remote: Remote): Promise<void> {
  for (const path of Object.keys({ ...before.files, ...after.files })) {
    const text = after.files[path]
    if (text === before.files[path]) continue
    await (text === undefined ? remote.remove(path) : remote.writeFile(path, text))
  }
}
