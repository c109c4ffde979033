import { quoteAll } from '../../../text/shell-quote.ts'
import type { DnfArguments } from './dnf-arguments.ts'

/** Which generation of the program: the options of dnf5 have other names. */
export type DnfProgram = { readonly path: string, readonly isFifth: boolean }

/** Shell source that runs the program with the options of a task. */
export function dnfCommand({ path, isFifth }: DnfProgram, given: DnfArguments, words: readonly string[]): string {
  return `LC_ALL=C ${quoteAll([path, ...(isFifth ? [...shared(given), ...fifthOptions(given)] : [...shared(given), ...fourthOptions(given)]), ...words])}`
}

function shared(given: DnfArguments): readonly string[] {
  return [
    ...given.conf_file === undefined ? [] : ['-c', given.conf_file],
    ...given.enablerepo.map((name) => `--enablerepo=${name}`),
    ...given.disablerepo.map((name) => `--disablerepo=${name}`),
    ...given.exclude.map((name) => `--exclude=${name}`),
    ...given.installroot === '/' ? [] : [`--installroot=${given.installroot}`],
    ...given.releasever === undefined ? [] : [`--releasever=${given.releasever}`],
    ...given.disable_gpg_check ? ['--nogpgcheck'] : [],
    ...given.update_cache ? ['--refresh'] : [],
    ...given.cacheonly ? ['-C'] : [],
    ...given.sslverify && given.validate_certs ? [] : ['--setopt=sslverify=0'],
    ...given.install_weak_deps ? [] : ['--setopt=install_weak_deps=0'],
  ]
}

function fourthOptions(given: DnfArguments): readonly string[] {
  return [
    ...given.enable_plugin.map((name) => `--enableplugin=${name}`),
    ...given.disable_plugin.map((name) => `--disableplugin=${name}`),
    ...given.disable_excludes === undefined ? [] : [`--disableexcludes=${given.disable_excludes}`],
    ...given.download_dir === undefined ? [] : [`--downloaddir=${given.download_dir}`],
  ]
}

function fifthOptions(given: DnfArguments): readonly string[] {
  return [
    ...given.enable_plugin.map((name) => `--enable-plugin=${name}`),
    ...given.disable_plugin.map((name) => `--disable-plugin=${name}`),
    ...given.disable_excludes === undefined ? [] : [`--setopt=disable_excludes=${given.disable_excludes}`],
    ...given.download_dir === undefined ? [] : [`--setopt=destdir=${given.download_dir}`],
  ]
}

/** The words of a command that brings packages to a state. */
export function dnfWords(given: DnfArguments, specs: readonly string[], isFifth: boolean): readonly string[] {
  if (stateOf(given) === 'absent') return removal(given, specs, isFifth)
  const isAll = specs.includes('*')
  const verb = stateOf(given) === 'latest' && (given.update_only || isAll) ? 'upgrade' : 'install'
  return [verb, ...solving(given, isFifth), ...given.security ? ['--security'] : [], ...given.bugfix ? ['--bugfix'] : [], ...specs.filter((spec) => spec !== '*')]
}

/** Without a state packages are to be present, or, where only cleaning up is wanted, absent. */
export function stateOf({ state, autoremove }: DnfArguments): 'present' | 'absent' | 'latest' {
  if (state === undefined) return autoremove ? 'absent' : 'present'
  return state === 'latest' ? state : state === 'present' || state === 'installed' ? 'present' : 'absent'
}

function removal({ autoremove }: DnfArguments, specs: readonly string[], isFifth: boolean): readonly string[] {
  if (autoremove) return ['autoremove', ...specs]
  return isFifth ? ['remove', '--no-autoremove', ...specs] : ['remove', '--setopt=clean_requirements_on_remove=0', ...specs]
}

function solving(given: DnfArguments, isFifth: boolean): readonly string[] {
  const best = given.best ?? (given.nobest === undefined ? undefined : !given.nobest)
  return [
    ...best === undefined ? [] : [best ? '--best' : isFifth ? '--no-best' : '--nobest'],
    ...given.allowerasing ? ['--allowerasing'] : [],
    ...given.skip_broken ? ['--skip-broken', ...isFifth ? ['--skip-unavailable'] : []] : [],
    ...given.download_only ? ['--downloadonly'] : [],
  ]
}
