import type { ArgumentsOf, ArgumentSpec } from '../../../module/argument-spec.ts'
import { ModuleFailure } from '../../../module/module.ts'

/** Arguments of `git`. */
export const GIT_ARGUMENTS = {
  repo: { type: 'str', required: true, aliases: ['name'], description: 'Address or path of the repository.' },
  dest: { type: 'path', description: 'Folder of the working copy.' },
  version: { type: 'str', default: 'HEAD', description: 'Branch, tag or commit.' },
  remote: { type: 'str', default: 'origin', description: 'Name of the remote.' },
  refspec: { type: 'str', description: 'What to fetch besides.' },
  reference: { type: 'str', description: 'Repository on the host whose objects are used.' },
  force: { type: 'bool', default: false, description: 'Overwrite local changes.' },
  depth: { type: 'int', description: 'How many commits of the history to fetch.' },
  clone: { type: 'bool', default: true, description: 'Clone when there is no working copy; else only tell what there would be.' },
  update: { type: 'bool', default: true, description: 'Bring a working copy that is there up to date.' },
  verify_commit: { type: 'bool', default: false, description: 'Whether the commit or tag must be signed.' },
  gpg_allowlist: { type: 'list', elements: 'str', default: [], aliases: ['gpg_whitelist'], description: 'Fingerprints that signatures may have.' },
  accept_hostkey: { type: 'bool', default: false, description: 'Trust whatever host key the server has.' },
  accept_newhostkey: { type: 'bool', default: false, description: 'Trust the host key of a server that is not known yet.' },
  key_file: { type: 'path', description: 'Private key for ssh.' },
  ssh_opts: { type: 'str', description: 'Further options of ssh.' },
  executable: { type: 'path', description: 'The git to use.' },
  bare: { type: 'bool', default: false, description: 'A bare repository, without a working copy.' },
  recursive: { type: 'bool', default: true, description: 'Take submodules along.' },
  single_branch: { type: 'bool', default: false, description: 'Clone only the branch of the version.' },
  track_submodules: { type: 'bool', default: false, description: 'Bring submodules to the newest of their branch.' },
  umask: { type: 'raw', description: 'Umask of git, octal.' },
  archive: { type: 'path', description: 'Archive to make of the version: .zip, .tar, .tgz or .tar.gz.' },
  archive_prefix: { type: 'str', description: 'Folder inside the archive.' },
  separate_git_dir: { type: 'path', description: 'Where the repository is, if not in the working copy.' },
} as const satisfies ArgumentSpec

export interface WantedGit extends ArgumentsOf<typeof GIT_ARGUMENTS> {
  readonly url: string
  /** Exported for every git of the task, as sh source. */
  readonly setup: string
  readonly program: string
  readonly archiveFormat: string | undefined
}

/** What the arguments come to. Throws `ModuleFailure` for those that do not go together. */
export function wantedGit(given: ArgumentsOf<typeof GIT_ARGUMENTS>): WantedGit {
  refuse(given)
  return {
    ...given,
    // Depth works only over a protocol.
    url: given.repo.startsWith('/') ? `file://${given.repo}` : given.repo,
    setup: setupOf(given), program: given.executable ?? 'git',
    archiveFormat: given.archive === undefined ? undefined : formatOf(given.archive),
  }
}

function refuse({ dest, clone, archive, archive_prefix: prefix, umask = '0' }: ArgumentsOf<typeof GIT_ARGUMENTS>): void {
  if (dest === undefined && clone) throw new ModuleFailure('the destination directory must be specified unless clone=no')
  if (prefix !== undefined && archive === undefined) throw new ModuleFailure("missing parameter(s) required by 'archive_prefix': archive")
  if (typeof umask !== 'string' || !/^[0-7]+$/.test(umask)) throw new ModuleFailure('umask must be an octal integer, quoted')
}

function setupOf(given: ArgumentsOf<typeof GIT_ARGUMENTS>): string {
  const ssh = sshCommand(given)
  return ['LC_ALL=C; export LC_ALL; GIT_TERMINAL_PROMPT=0; export GIT_TERMINAL_PROMPT', ...ssh === undefined ? [] : [`GIT_SSH_COMMAND=${quoted(ssh)}; export GIT_SSH_COMMAND`], ...typeof given.umask === 'string' ? [`umask ${given.umask}`] : []].join('\n')
}

function sshCommand({ key_file: key, ssh_opts: options, accept_hostkey: any, accept_newhostkey: unknown }: ArgumentsOf<typeof GIT_ARGUMENTS>): string | undefined {
  const checks = any ? 'no' : unknown ? 'accept-new' : undefined
  const says = options?.includes('StrictHostKeyChecking=') === true
  const words = [...key === undefined ? [] : [`-i ${quoted(key)} -o IdentitiesOnly=yes`], ...options === undefined ? [] : [options], ...checks === undefined || says ? [] : [`-o StrictHostKeyChecking=${checks}`]]
  return `ssh -o BatchMode=yes ${words.join(' ')}`.trim()
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function formatOf(archive: string): string {
  const found = /\.(zip|tar|tgz|tar\.gz)$/.exec(archive)?.[1]
  if (found === undefined) throw new ModuleFailure(`Unable to get file extension from archive file name : ${archive}`)
  return found
}
