import type { ArgumentsOf, ArgumentSpec } from '../../../module/argument-spec.ts'
import { affectsArgument } from '../command/arguments.ts'

const list = { type: 'list', elements: 'str', default: [] } as const
const off = { type: 'bool', default: false } as const

/** Arguments of `dnf` and `dnf5` that say how, and `state`. */
export const DNF_OPTIONS = {
  state: { type: 'str', choices: ['absent', 'present', 'installed', 'removed', 'latest'], description: 'What they are to be: present, unless `autoremove` is on.' },
  enablerepo: { ...list, description: 'Repositories to use besides.' },
  disablerepo: { ...list, description: 'Repositories not to use.' },
  conf_file: { type: 'str', description: 'Configuration of dnf.' },
  disable_gpg_check: { ...off, description: 'Take packages whose signature is not right.' },
  installroot: { type: 'str', default: '/', description: 'Folder that is the root of the system.' },
  releasever: { type: 'str', description: 'Release to take packages of.' },
  autoremove: { ...off, description: 'Remove what was installed for others only, and is no longer needed.' },
  exclude: { ...list, description: 'Packages to leave out.' },
  skip_broken: { ...off, description: 'Leave out packages that cannot be had.' },
  update_cache: { ...off, aliases: ['expire-cache'], description: 'Fetch lists of packages anew.' },
  update_only: { ...off, description: 'With latest: only those that are installed.' },
  security: { ...off, description: 'With latest: only updates for safety.' },
  bugfix: { ...off, description: 'With latest: only updates that mend something.' },
  enable_plugin: { ...list, description: 'Plugins of dnf to use.' },
  disable_plugin: { ...list, description: 'Plugins of dnf not to use.' },
  disable_excludes: { type: 'str', description: '`all`, `main` or a repository: what its configuration leaves out is not left out.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether certificates of servers must be trusted.' },
  sslverify: { type: 'bool', default: true, description: 'The same, for repositories.' },
  allow_downgrade: { ...off, description: 'Whether an older version may replace a newer one.' },
  auto_install_module_deps: { type: 'bool', default: true, description: 'Accepted for compatibility: nothing need be installed for this module.' },
  install_repoquery: { type: 'bool', description: 'Accepted for compatibility.' },
  download_only: { ...off, description: 'Only download.' },
  download_dir: { type: 'str', description: 'Where to.' },
  lock_timeout: { type: 'int', default: 30, description: 'Accepted for compatibility: dnf waits until another one has ended.' },
  install_weak_deps: { type: 'bool', default: true, description: 'Whether what packages recommend is installed too.' },
  allowerasing: { ...off, description: 'Whether packages that are in the way may be removed.' },
  best: { type: 'bool', description: 'Whether only the newest version will do.' },
  nobest: { type: 'bool', description: 'The contrary of `best`.' },
  cacheonly: { ...off, description: 'Take all from the cache.' },
  ...affectsArgument,
} as const satisfies ArgumentSpec

/** Arguments of `dnf` and `dnf5`. */
export const DNF_ARGUMENTS = {
  name: { ...list, aliases: ['pkg'], description: 'Packages: names, with versions too, patterns, `@groups`, `@modules:streams`, files and addresses of packages; `*` for all.' },
  list: { type: 'str', description: 'Only tell of packages: `installed`, `updates`, `available`, `repos`, or those of a name.' },
  use_backend: { type: 'str', default: 'auto', choices: ['auto', 'dnf', 'yum', 'yum4', 'dnf4', 'dnf5'], description: 'Which program; found by itself by default.' },
  ...DNF_OPTIONS,
} as const satisfies ArgumentSpec

export type DnfArguments = ArgumentsOf<typeof DNF_ARGUMENTS>
