import type { ArgumentsOf, ArgumentSpec } from '../../../module/argument-spec.ts'
import { ModuleFailure } from '../../../module/module.ts'
import { affectsArgument } from '../command/arguments.ts'
import type { WantedPackages } from './apt-state.ts'

/** Arguments of `apt` that say how, and `state`. */
export const APT_OPTIONS = {
  state: { type: 'str', default: 'present', choices: ['present', 'installed', 'absent', 'removed', 'latest', 'fixed', 'build-dep'], description: 'What they are to be.' },
  update_cache: { type: 'bool', aliases: ['update-cache'], description: 'Fetch package lists first, where something is to be done. Alone, it always changes unless `cache_valid_time` says otherwise.' },
  cache_valid_time: { type: 'int', default: 0, description: 'Seconds for which fetched package lists will do; implies `update_cache`.' },
  update_cache_retries: { type: 'int', default: 5, description: 'How often fetching is tried.' },
  update_cache_retry_max_delay: { type: 'int', default: 12, description: 'Greatest number of seconds between tries.' },
  purge: { type: 'bool', default: false, description: 'Whether configuration files go too.' },
  autoremove: { type: 'bool', default: false, description: 'Whether packages that were only needed by others go too.' },
  autoclean: { type: 'bool', default: false, description: 'Without packages: remove those from the cache that no archive has any more.' },
  clean: { type: 'bool', default: false, description: 'Empty the cache of apt first.' },
  default_release: { type: 'str', aliases: ['default-release'], description: 'Release to prefer.' },
  install_recommends: { type: 'bool', aliases: ['install-recommends'], description: 'Whether recommended packages come too; default: as the host is set up.' },
  force: { type: 'bool', default: false, description: 'Allow unauthenticated, older, held and essential packages to change.' },
  allow_unauthenticated: { type: 'bool', default: false, aliases: ['allow-unauthenticated'], description: 'Allow packages of unsigned archives.' },
  allow_downgrade: { type: 'bool', default: false, aliases: ['allow-downgrade', 'allow_downgrades', 'allow-downgrades'], description: 'Allow an older version.' },
  allow_change_held_packages: { type: 'bool', default: false, description: 'Allow held packages to change.' },
  only_upgrade: { type: 'bool', default: false, description: 'Install nothing that is not installed yet.' },
  fail_on_autoremove: { type: 'bool', default: false, description: 'Fail rather than remove something else.' },
  force_apt_get: { type: 'bool', default: false, description: 'Accepted for compatibility: apt-get is always used.' },
  dpkg_options: { type: 'str', default: 'force-confdef,force-confold', description: 'Options of dpkg, with commas between.' },
  policy_rc_d: { type: 'int', description: 'Status of /usr/sbin/policy-rc.d meanwhile; 101 keeps services from being started.' },
  auto_install_module_deps: { type: 'bool', default: true, description: 'Accepted for compatibility: nothing need be installed for this module.' },
  lock_timeout: { type: 'int', default: 60, description: 'Seconds to wait for another apt.' },
  ...affectsArgument,
} as const satisfies ArgumentSpec

/** Arguments of `apt`. */
export const APT_ARGUMENTS = {
  name: { type: 'list', elements: 'str', default: [], aliases: ['package', 'pkg'], description: 'Packages: `NAME`, `NAME:ARCHITECTURE`, `NAME=VERSION` (the version may be a pattern), `NAME>=VERSION`; `*` with `state: latest` is all that is installed.' },
  deb: { type: 'path', description: 'A .deb file to install: a path on the host, or an http or https address that the host can reach.' },
  upgrade: { type: 'str', choices: ['no', 'yes', 'safe', 'full', 'dist'], description: 'Upgrade everything.' },
  ...APT_OPTIONS,
} as const satisfies ArgumentSpec

/** What a task with these arguments wants. */
export function wantedPackages(args: ArgumentsOf<typeof APT_ARGUMENTS>): WantedPackages {
  if (args.deb !== undefined && STATES[args.state] !== 'present') throw new ModuleFailure('deb only supports state=present')
  return {
    name: args.name,
    state: STATES[args.state],
    deb: args.deb,
    upgrade: args.upgrade === 'no' ? undefined : args.upgrade,
    autoclean: args.autoclean,
    clean: args.clean,
    tries: { tries: args.update_cache_retries, longest: args.update_cache_retry_max_delay },
    updates: args.update_cache ?? args.cache_valid_time > 0,
    cacheValidTime: args.cache_valid_time,
    options: args,
    affects: args.affects,
  }
}

const STATES: Readonly<Record<WantedPackages['state'] | 'installed' | 'removed', WantedPackages['state']>> = {
  present: 'present', installed: 'present', absent: 'absent', removed: 'absent', latest: 'latest', fixed: 'fixed', 'build-dep': 'build-dep',
}
