import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { gemProbe, type GemState } from './system/gem/gem-probe.ts'
import { gemScript } from './system/gem/gem-script.ts'

const args = {
  name: { type: 'str', required: true, description: 'The gem.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent', 'latest'], description: 'What it is to be.' },
  gem_source: { type: 'path', description: 'File of the gem, on the host.' },
  include_dependencies: { type: 'bool', default: true, description: 'Whether gems that it needs come too.' },
  repository: { type: 'str', aliases: ['source'], description: 'Where it is fetched from.' },
  user_install: { type: 'bool', default: true, description: 'Install for the user only.' },
  executable: { type: 'path', description: 'Another gem program.' },
  install_dir: { type: 'path', description: 'Folder to install in.' },
  bindir: { type: 'path', description: 'Folder of its programs.' },
  norc: { type: 'bool', default: true, description: 'Leave settings in .gemrc aside.' },
  env_shebang: { type: 'bool', default: false, description: 'Programs find Ruby by env.' },
  version: { type: 'str', description: 'Its version.' },
  pre_release: { type: 'bool', default: false, description: 'Whether versions before a release count.' },
  include_doc: { type: 'bool', default: false, description: 'Install documentation too.' },
  build_flags: { type: 'str', description: 'Flags of its build.' },
  force: { type: 'bool', default: false, description: 'Install or remove whatever speaks against it.' },
  override_platform_install_dir: { type: 'bool', default: false, description: 'Install for the user even where the platform says otherwise.' },
} as const

/** `community.general.gem`: packages of Ruby. */
export const gem = defineModule({
  name: 'gem',
  aliases: ['community.general.gem'],
  asksInEnvironment: true,
  summary: 'Keep Ruby gems installed, current or absent.',
  args,
  constraints: { exclusive: [['gem_source', 'repository'], ['gem_source', 'version']] },
  examples: [{ name: 'A tool for everybody', args: { name: 'fpm', version: '1.15.1', user_install: false } }],
  prepare: async (given: WantedGem) => {
    const broken = RULES.find(([holds]) => holds(given))
    if (broken !== undefined) throw new ModuleFailure(broken[1])
    return given
  },
  observe: (wanted, remote): Promise<GemState> => remote.read(gemProbe(wanted)),
  diff: (wanted, before) => {
    const version = wanted.state === 'latest' ? before.newest : wanted.version
    const isThere = version === undefined || version === null ? before.versions.length > 0 : before.versions.includes(version)
    if (isThere === (wanted.state !== 'absent')) return undefined
    const kept = version === undefined || version === null ? [] : before.versions.filter((one) => one !== version)
    const versions = wanted.state === 'absent' ? kept : [version ?? 'the newest', ...before.versions]
    return { before, after: { ...before, versions }, diff: [{ before: shown(wanted, before.versions), after: shown(wanted, versions) }] }
  },
  apply: async (wanted, { before }, remote) => {
    const version = wanted.state === 'latest' ? before.newest ?? undefined : wanted.version
    const { status, stdout, stderr } = await remote.exec({ script: gemScript({ ...wanted, version }, before) })
    const said = { rc: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
    if (status !== 0) throw new ModuleFailure(said.stderr.trim() || `gem failed with status ${status}`, said)
    return undefined
  },
  effects: () => ({ keys: ['gem:*'], paths: ['/var/lib/gems', '/usr/local/bin'] }),
  result: ({ name, state, version }, { newest }) => ({ name, state, ...version === undefined ? newest === null ? {} : { version: newest } : { version } }),
  undo: { impossible: 'which versions of other gems came with it is not known' },
})

type WantedGem = ArgumentsOf<typeof args>

const RULES: readonly (readonly [(given: WantedGem) => boolean, string])[] = [
  [({ version, state }) => version !== undefined && state === 'latest', 'Cannot specify version when state=latest'],
  [({ gem_source: source, state }) => source !== undefined && state === 'latest', 'Cannot maintain state=latest when installing from local source'],
  [({ user_install: user, install_dir: folder }) => user && folder !== undefined, 'install_dir requires user_install=false'],
  [({ override_platform_install_dir: overrides, user_install: user }) => overrides && !user, 'override_platform_install_dir requires user_install=true'],
]

function shown({ name }: WantedGem, versions: readonly string[]): string {
  return versions.length === 0 ? '' : `${name} (${versions.join(', ')})\n`
}
