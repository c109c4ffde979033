import type { Remote } from '../../../remote/remote.ts'
import { UnknownValueError } from '../../../value/unknown.ts'
import { APT_CACHE_AGE } from './apt-cache-age.ts'
import { planWords } from './apt-command.ts'
import { aptPlanProbe, isUnknownPackage, type AptPlan } from './apt-plan.ts'
import type { AptState, WantedPackages } from './apt-state.ts'
import { debPath } from './deb-file.ts'
import { debProbe, type DebFile } from './deb-probe.ts'
import { dpkgProbe, type DpkgState } from './dpkg-probe.ts'
import { isSatisfied, parsePackageSpec, type PackageSpec } from './package-spec.ts'

/**
 * Reads what is installed; only where something is missing does it ask apt what it would do about it.
 * Package lists that are too old are fetched first, as only fresh ones can tell.
 */
export async function observeApt(wanted: WantedPackages, remote: Remote): Promise<AptState> {
  const specs = wanted.name.filter((name) => name !== '').map(parsePackageSpec)
  const [states, deb, age] = await Promise.all([
    Promise.all(specs.map(async (spec) => await remote.read(dpkgProbe(spec.name)))),
    observeDeb(wanted, remote),
    // travels with the rest, and results tell it
    remote.read(APT_CACHE_AGE),
  ])
  const installed = versions(specs, states)
  const stale = wanted.updates && age.now - age.updated > wanted.cacheValidTime
  const words = neededWords({ wanted, specs, states, deb })
  if (words === undefined) return { installed, stale, age, words: null, plan: null, refreshed: false }
  const { plan, refreshed } = await freshPlan(words, { wanted, remote, stale })
  return { installed, stale: stale && !refreshed, age, words, plan, refreshed }
}

interface Planning { readonly wanted: WantedPackages, readonly remote: Remote, readonly stale: boolean }

interface FreshPlan { readonly plan: AptPlan | null, readonly refreshed: boolean }

async function freshPlan(words: readonly string[], planning: Planning): Promise<FreshPlan> {
  if (planning.stale) return refreshedPlan(words, planning)
  const plan = await planOf(words, planning)
  // Lists may be young and still not have the package: those of a source that has just been added.
  return planning.wanted.updates && isUnknownPackage(plan) ? refreshedPlan(words, planning) : { plan, refreshed: false }
}

async function refreshedPlan(words: readonly string[], planning: Planning): Promise<FreshPlan> {
  const refreshed = await refresh(planning.remote)
  return refreshed === 'unknown' ? { plan: null, refreshed: false } : { plan: await planOf(words, planning), refreshed }
}

interface ObservedDeb {
  readonly path: string
  readonly file: DebFile
  readonly state: DpkgState
}

async function observeDeb({ deb }: WantedPackages, remote: Remote): Promise<ObservedDeb | undefined> {
  if (deb === undefined) return undefined
  const path = await debPath(deb, remote)
  const file = await remote.read(debProbe(path))
  return { path, file, state: await remote.read(dpkgProbe(file.name)) }
}

function versions(specs: readonly PackageSpec[], states: readonly DpkgState[]): Readonly<Record<string, string | null>> {
  return Object.fromEntries(specs.flatMap(({ name }, index): (readonly [string, string | null])[] => {
    const { matches, version } = states[index] ?? {}
    return matches === undefined ? [[name, version ?? null]] : Object.entries(matches)
  }))
}

interface Observed {
  readonly wanted: WantedPackages
  readonly specs: readonly PackageSpec[]
  readonly states: readonly DpkgState[]
  readonly deb: ObservedDeb | undefined
}

/** Words of the apt-get command that would be needed; undefined when nothing is. */
function neededWords({ wanted, specs, states, deb }: Observed): readonly string[] | undefined {
  if (deb !== undefined) return deb.state.version === deb.file.version && !wanted.options.force ? undefined : ['install', deb.path]
  if (specs.length === 0) return wordsWithoutNames(wanted)
  const needed = specs.filter((spec, index) => isNeeded(wanted, spec, states[index] ?? { status: 'absent' }))
  if (needed.length === 0) return undefined
  return [VERBS[wanted.state], ...needed.map((spec) => wanted.state === 'absent' ? spec.name : spec.text)]
}

function wordsWithoutNames({ upgrade, state, options }: WantedPackages): readonly string[] | undefined {
  if (upgrade !== undefined) return upgrade === 'full' || upgrade === 'dist' ? ['dist-upgrade'] : ['upgrade', '--with-new-pkgs']
  if (options.autoremove) return ['autoremove']
  return state === 'fixed' ? ['-f', 'install'] : undefined
}

const VERBS: Readonly<Record<WantedPackages['state'], string>> = { present: 'install', latest: 'install', fixed: 'install', absent: 'remove', 'build-dep': 'build-dep' }

function isNeeded({ state, options }: WantedPackages, spec: PackageSpec, found: DpkgState): boolean {
  if (state === 'absent') return found.status === 'installed' || (options.purge && found.status === 'config-files')
  if (state === 'latest' || state === 'build-dep') return !options.only_upgrade || found.status === 'installed'
  return !isSatisfied(spec, found) && (!options.only_upgrade || found.status === 'installed')
}

async function refresh(remote: Remote): Promise<boolean | 'unknown'> {
  try {
    const { status } = await remote.exec({ script: UPDATE_LISTS }, UPDATE_EFFECTS)
    return status === 0
  } catch (error) {
    if (error instanceof UnknownValueError) return 'unknown'
    throw error
  }
}

/** Fetches package lists. */
export const UPDATE_LISTS = 'LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=60 update'

export const UPDATE_EFFECTS = { keys: ['apt:*'], paths: ['/var/lib/apt', '/var/cache/apt'] } as const

/** Null when it cannot be told in check mode: lists or sources would have changed by then. */
async function planOf(words: readonly string[], { wanted, remote }: Planning): Promise<AptPlan | null> {
  try {
    return await remote.read(aptPlanProbe([...planWords(wanted.options), ...words]))
  } catch (error) {
    if (error instanceof UnknownValueError && wanted.state === 'present') return null
    throw error
  }
}
