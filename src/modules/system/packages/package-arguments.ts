import type { ArgumentsOf, ArgumentSpec } from '../../../module/argument-spec.ts'
import { ModuleFailure } from '../../../module/module.ts'
import { APT_OPTIONS, wantedPackages } from './apt-arguments.ts'
import type { WantedPackages } from './apt-state.ts'
import { DNF_OPTIONS, type DnfArguments } from './dnf-arguments.ts'
import { wantedOfDnf } from './dnf-change.ts'

/** Arguments of `package`: its own, and those of the package managers, each of which heeds those it knows. */
export const PACKAGE_ARGUMENTS = {
  name: { type: 'list', elements: 'str', required: true, aliases: ['package', 'pkg'], description: 'The packages.' },
  use: { type: 'str', default: 'auto', description: 'The package manager: apt, dnf, dnf5, yum, zypper, apk, pacman; found by itself by default.' },
  ...DNF_OPTIONS,
  ...APT_OPTIONS,
  update_cache: { type: 'bool', aliases: ['update-cache', 'expire-cache'], description: 'apt, dnf: fetch package lists first, where something is to be done.' },
} as const satisfies ArgumentSpec

/** What a task wants, in the words of each manager. */
export interface WantedByManager {
  readonly use: string
  readonly apt: WantedPackages
  /** Fails where dnf does not know what is wanted. */
  readonly dnf: () => DnfArguments
}

/** Reads the arguments of `package`. */
export function wantedByManager(args: ArgumentsOf<typeof PACKAGE_ARGUMENTS>): WantedByManager {
  return {
    use: args.use,
    apt: wantedPackages({ ...args, deb: undefined, upgrade: undefined }),
    dnf: () => dnfWanted(args),
  }
}

function dnfWanted({ state, update_cache: updates, ...args }: ArgumentsOf<typeof PACKAGE_ARGUMENTS>): DnfArguments {
  if (state === 'fixed' || state === 'build-dep') throw new ModuleFailure(`Cannot bring packages to the state ${state} by dnf: only apt knows it`)
  const isFifth = args.use.endsWith('dnf5')
  return wantedOfDnf({ ...args, state, update_cache: updates ?? false, list: undefined, use_backend: isFifth ? 'dnf5' : 'auto' })
}
