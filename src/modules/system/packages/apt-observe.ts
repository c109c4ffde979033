import type { Remote } from '../../../remote/remote.ts'
import { ModuleFailure } from '../../../module/module.ts'
import { ifUnknown, UnknownValueError } from '../../../value/unknown.ts'
import { APT_CACHE_AGE } from './apt-cache-age.ts'
import { planWords } from './apt-command.ts'
import { aptPlanProbe, isUnknownPackage, type AptPlan } from './apt-plan.ts'
import type { AptState, WantedPackages } from './apt-state.ts'
import { debPath } from './deb-file.ts'
import { debProbe, type DebFile } from './deb-probe.ts'
import { dpkgProbe, type DpkgState } from './dpkg-probe.ts'
import { updateListsFirst } from './package-lists.ts'
import { isRecent, isSatisfied, parsePackageSpec, type PackageSpec } from './package-spec.ts'

/**
 * Reads what is installed; only where something is missing does it ask apt what it would do about it.
 * Package lists that are too old are fetched first, as only fresh ones can tell.
 */
export async function observeApt(wanted: WantedPackages, remote: Remote): Promise<AptState> {
  const specs = specsOf(wanted)
  const [states, deb, age] = await Promise.all([
    Promise.all(specs.map(async (spec) => await remote.read(dpkgProbe(spec.name)))),
    observeDeb(wanted, remote),
    // travels with the rest, and results tell it
    remote.read(APT_CACHE_AGE),
  ])
  const installed = versions(specs, states)
  const stale = wanted.updates && age.now - age.updated > wanted.cacheValidTime
  const words = neededWords({ wanted, specs, states, deb })
  const marks = { automatic: automaticOf(wanted, { specs, installed, automatic: age.automatic }), cleans: wanted.clean && age.isCached }
  if (words === undefined) return { ...marks, installed, stale, age, words: null, plan: null, refreshed: false }
  const { plan, refreshed } = await freshPlan(words, { wanted, remote, stale })
  return { ...marks, installed, stale: stale && !refreshed, age, words, plan: withBounds(plan, { specs, installed, wanted }), refreshed }
}

/** `*` is everything that is installed, which has no version of its own. */
function specsOf({ name, state }: WantedPackages): readonly PackageSpec[] {
  const names = name.map((text) => text.trim()).filter((text) => text !== '' && text !== '*')
  if (names.length < name.length && state === 'latest' && name.includes('*') && names.length > 0) throw new ModuleFailure('unable to install additional packages when upgrading all installed packages')
  const wrong = names.find((text) => text.split('=').length > 2)
  if (wrong !== undefined) throw new ModuleFailure(`invalid package spec: ${wrong}`)
  return names.map(parsePackageSpec)
}

interface Found {
  readonly specs: readonly PackageSpec[]
  readonly installed: Readonly<Record<string, string | null>>
}

/** Who asks for a package by name wants it to stay when nothing else needs it. */
function automaticOf({ state }: WantedPackages, { specs, installed, automatic }: Found & { readonly automatic: readonly string[] }): readonly string[] {
  if (state !== 'present' && state !== 'latest') return []
  return specs.map(({ name }) => name).filter((name) => typeof installed[name] === 'string' && automatic.includes(name))
}

/** apt-get does not know `>=`: what it would install is looked at. */
function withBounds(plan: AptPlan | null, { specs, installed, wanted }: Found & { readonly wanted: WantedPackages }): AptPlan | null {
  if (plan === null || plan.problem !== undefined || wanted.state === 'absent') return plan
  const isAsked = ({ name }: PackageSpec): boolean => !(wanted.options.only_upgrade && installed[name] === null)
  const old = specs.find((spec) => spec.atLeast !== undefined && isAsked(spec) && !isRecent(plan.packages[spec.name] ?? installed[spec.name], spec.atLeast))
  return old === undefined ? plan : { packages: {}, problem: `no available installation candidate for ${old.name}>=${old.atLeast ?? ''}` }
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
  const refreshed = await refresh(planning)
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

function wordsWithoutNames({ upgrade, state, options, autoclean, name }: WantedPackages): readonly string[] | undefined {
  if (upgrade !== undefined) return upgrade === 'full' || upgrade === 'dist' ? ['dist-upgrade'] : ['upgrade', '--with-new-pkgs']
  if (name.includes('*') && state === 'latest') return ['upgrade', '--with-new-pkgs']
  if (autoclean) return ['autoclean']
  if (options.autoremove) return ['autoremove']
  return state === 'fixed' ? ['-f', 'install'] : undefined
}

const VERBS: Readonly<Record<WantedPackages['state'], string>> = { present: 'install', latest: 'install', fixed: 'install', absent: 'remove', 'build-dep': 'build-dep' }

function isNeeded({ state, options }: WantedPackages, spec: PackageSpec, found: DpkgState): boolean {
  if (state === 'absent') return found.status === 'installed' || (options.purge && found.status === 'config-files')
  if (state === 'latest' || state === 'build-dep') return !options.only_upgrade || found.status === 'installed'
  return !isSatisfied(spec, found) && (!options.only_upgrade || found.status === 'installed')
}

function refresh({ remote, wanted }: Planning): Promise<true | 'unknown'> {
  return updateListsFirst(remote, wanted.tries).then(() => true as const).catch(ifUnknown(() => 'unknown' as const))
}

/** Null when it cannot be told in check mode: lists or sources would have changed by then. */
async function planOf(words: readonly string[], { wanted, remote }: Planning): Promise<AptPlan | null> {
  try {
    return await remote.read(aptPlanProbe([...planWords(wanted.options), ...words]))
  } catch (error) {
    if (error instanceof UnknownValueError && wanted.state === 'present') return null
    throw error
  }
}
