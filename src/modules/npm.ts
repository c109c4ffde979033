import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Effects } from '../remote/write.ts'
import { npmProbe, npmWords, type NpmState } from './system/npm/npm-probe.ts'
import { quoteAll } from '../text/shell-quote.ts'

const args = {
  name: { type: 'str', description: 'The package; without one, all that package.json asks for.' },
  path: { type: 'path', description: 'Folder to install in; needed unless it is global.' },
  version: { type: 'str', description: 'Its version.' },
  global: { type: 'bool', default: false, description: 'Install for the whole host.' },
  executable: { type: 'path', description: 'Another npm.' },
  ignore_scripts: { type: 'bool', default: false, description: 'Run no scripts of packages.' },
  unsafe_perm: { type: 'bool', default: false, description: 'Run scripts of packages as root.' },
  ci: { type: 'bool', default: false, description: 'Install exactly what package-lock.json says, anew each time.' },
  production: { type: 'bool', default: false, description: 'Leave development packages out.' },
  registry: { type: 'str', description: 'Another registry.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent', 'latest'], description: 'What it is to be.' },
  no_optional: { type: 'bool', default: false, description: 'Leave optional packages out.' },
  no_bin_links: { type: 'bool', default: false, description: 'Make no links to programs.' },
  force: { type: 'bool', default: false, description: 'Fetch even what is there.' },
} as const

/** `community.general.npm`: packages of Node.js. */
export const npm = defineModule({
  name: 'npm',
  aliases: ['community.general.npm'],
  asksInEnvironment: true,
  summary: 'Keep Node.js packages installed, current or absent.',
  args,
  constraints: { requiredIf: [['state', 'absent', ['name']], ['global', false, ['path']]] },
  examples: [
    { name: 'All that the application needs', args: { path: '/srv/app', production: true } },
    { name: 'A tool for everybody', args: { name: 'pm2', global: true } },
  ],
  observe: (wanted: WantedPackage, remote) => remote.read(npmProbe(wanted)),
  diff: (wanted, before) => {
    const verbs = verbsFor(wanted, before)
    return verbs.length === 0 ? undefined : { before, after: { installed: [], missing: [], outdated: [], verbs } }
  },
  apply: async (wanted, { after }, remote) => {
    const script = [...wanted.path === undefined ? [] : [`mkdir -p ${quoteAll([wanted.path])} && cd ${quoteAll([wanted.path])}`], ...after.verbs.map((verb) => quoteAll(npmWords(wanted, verb)))].join(' && ')
    const { status, stdout, stderr } = await remote.exec({ script }, effects(wanted))
    if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `npm failed with status ${status}`, { rc: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') })
    return undefined
  },
  effects: (wanted: WantedPackage, _change: Change<NpmState>) => effects(wanted),
  undo: { impossible: 'which versions were there and what their scripts did is not known' },
})

type WantedPackage = ArgumentsOf<typeof args>

function verbsFor({ state, name, ci }: WantedPackage, { installed, missing, outdated }: NpmState): readonly string[] {
  if (ci) return ['ci']
  if (state === 'absent') return installed.includes(name ?? '') ? ['uninstall'] : []
  return [...missing.length > 0 ? ['install'] : [], ...state === 'latest' && outdated.length > 0 ? ['update'] : []]
}

function effects({ path }: WantedPackage): Effects {
  return { keys: ['npm:*'], paths: path === undefined ? ['/usr/local/bin', '/usr/local/lib/node_modules'] : [`${path}/node_modules`, `${path}/package.json`, `${path}/package-lock.json`] }
}
