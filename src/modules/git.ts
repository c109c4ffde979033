import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { Effects } from '../remote/write.ts'
import type { JsonObject } from '../value/value.ts'
import { deprecationsField, type Deprecation } from './deprecations.ts'
import { GIT_ARGUMENTS, wantedGit, type WantedGit as Arguments } from './system/git/git-arguments.ts'
import { gitProbe, type GitState } from './system/git/git-probe.ts'
import { updateScript } from './system/git/update-script.ts'

/** `ansible.builtin.git`: a working copy of a git repository. Needs git on the host, and nothing else. */
export const git = defineModule({
  name: 'git',
  asksInEnvironment: true,
  summary: 'Keep a working copy of a git repository at a version.',
  args: GIT_ARGUMENTS,
  constraints: { exclusive: [['separate_git_dir', 'bare'], ['accept_hostkey', 'accept_newhostkey']] },
  examples: [
    { name: 'A release', args: { repo: 'https://git.example.com/app.git', dest: '/srv/release', version: 'v1.2.0' } },
    { name: 'A branch by a key of its own', args: { repo: 'git@git.example.com:app.git', dest: '/srv/main', version: 'main', key_file: '/root/.ssh/deploy', accept_newhostkey: true } },
  ],
  prepare: async (given, { task }): Promise<WantedGit> => ({ ...wantedGit(given), hasOldName: task?.values.has('gpg_whitelist') === true }),
  observe: (wanted, remote): Promise<GitState> => remote.read(gitProbe(wanted)),
  diff: (wanted, before) => gitChange(wanted, before),
  apply,
  effects,
  result: (wanted, { before, after, hasRepository, isOtherUrl }) => {
    const old = deprecationsField(wanted.hasOldName ? [OLD_NAME] : [])
    if (wanted.dest === undefined) return { before: null, after, ...old }
    return { before, after, ...old, ...hasRepository && before !== null ? { remote_url_changed: isOtherUrl } : {} }
  },
  undo: { impossible: 'what a fetch brought stays, and local changes that were overwritten are gone' },
})

interface WantedGit extends Arguments {
  /** The task says `gpg_whitelist`. */
  readonly hasOldName: boolean
}

const OLD_NAME: Deprecation = { msg: "Alias 'gpg_whitelist' is deprecated. See the module docs for more information", version: '2.21' }

function gitChange(wanted: WantedGit, before: GitState): Change<GitState> | undefined {
  refuse(wanted, before)
  const dest = wanted.dest ?? ''
  const reasons = reasonsToChange(wanted, before)
  if (reasons.length === 0) return undefined
  const line = (sha: string | null): string => sha === null ? '' : `${sha}\n`
  return {
    before, after: { ...before, hasRepository: true, before: before.after },
    diff: [{ before: line(before.before), after: line(before.after), beforeHeader: dest, afterHeader: dest }],
    fields: { before: before.before, ...Object.assign({}, ...reasons.map((reason) => REASON_FIELDS[reason]?.(dest) ?? {})) as JsonObject },
  }
}

function refuse({ dest, force, update }: WantedGit, { problem, hasRepository, modified, before }: GitState): void {
  if (problem !== undefined) throw new ModuleFailure(problem, { before })
  if (hasRepository && update && modified && !force) throw new ModuleFailure(`Local modifications exist in the destination: ${dest ?? ''} (force=no).`, { before })
}

const REASON_FIELDS: Readonly<Partial<Record<Reason, (dest: string) => JsonObject>>> = {
  url: () => ({ remote_url_changed: true }),
  submodules: () => ({ submodules_changed: true }),
  modified: (dest) => ({ msg: `Local modifications exist in the destination: ${dest}` }),
}

type Reason = 'missing' | 'revision' | 'url' | 'modified' | 'submodules' | 'place' | 'archive'

function reasonsToChange({ update, archive }: WantedGit, state: GitState): readonly Reason[] {
  if (!state.hasRepository) return ['missing']
  const updating: readonly (readonly [Reason, boolean])[] = [
    ['revision', state.before !== state.after], ['url', state.isOtherUrl], ['modified', state.modified], ['submodules', state.submodules],
  ]
  const always: readonly (readonly [Reason, boolean])[] = [['place', state.isOtherPlace], ['archive', archive !== undefined && !state.hasArchive]]
  return [...update ? updating : [], ...always].filter(([, holds]) => holds).map(([reason]) => reason)
}

function effects({ dest, archive, separate_git_dir: separate }: WantedGit): Effects {
  return { paths: [dest, archive, separate].filter((path) => path !== undefined) }
}

async function apply(wanted: WantedGit, { before }: Change<GitState>, remote: Remote): Promise<JsonObject> {
  // Without cloning it is only told what there would be.
  if (wanted.dest === undefined || (!before.hasRepository && !wanted.clone)) return {}
  const { status, stdout, stderr } = await remote.exec({ script: updateScript(wanted, before) }, effects(wanted))
  const said = stderr.toString('utf8').trim()
  if (status !== 0) throw new ModuleFailure(said.split('\n').find((line) => line.startsWith('Failed to ')) ?? (said || `git failed with status ${status}`), { rc: status, stdout: stdout.toString('utf8'), stderr: said })
  const after = /^AFTER ([0-9a-f]+)$/m.exec(stdout.toString('utf8'))?.[1]
  return after === undefined ? {} : { after }
}
