import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects, Prediction } from '../../../remote/write.ts'
import type { JsonObject } from '../../../value/value.ts'
import { quoteAll } from '../../../text/shell-quote.ts'
import { affectedBy } from '../command/affected.ts'
import { outputFields } from '../command/output.ts'
import { APT_CACHE_AGE } from './apt-cache-age.ts'
import { aptCommand } from './apt-command.ts'
import { preparedIn, type AptPlan } from './apt-plan.ts'
import type { AptState, WantedPackages } from './apt-state.ts'
import { dpkgProbe } from './dpkg-probe.ts'
import { PACKAGE_PATHS } from './package-effects.ts'
import { updateLists } from './package-lists.ts'
import { parsePackageSpec } from './package-spec.ts'

/** What apt would do, as a change; fetching lists counts only for a task that asks for nothing else. */
export function aptChange(wanted: WantedPackages, before: AptState): Change<AptState> | undefined {
  const { words, plan } = before
  if (plan?.problem !== undefined) throw new ModuleFailure(plan.problem, { ...plan.said })
  return words === null || (plan !== null && isEmpty(plan)) ? changeBesides(wanted, before) : plannedChange(before)
}

const DONE = { automatic: [], cleans: false, words: null, plan: null } as const

/** No package comes or goes. */
function changeBesides(wanted: WantedPackages, before: AptState): Change<AptState> | undefined {
  if (before.words === null && before.stale && isOnlyUpdate(wanted)) return { before, after: { ...before, ...DONE, stale: false, refreshed: true } }
  if (!before.cleans && before.automatic.length === 0) return undefined
  return { before: { ...before, words: null }, after: { ...before, ...DONE }, diff: [{ before: marked(before), after: '' }] }
}

function plannedChange(before: AptState): Change<AptState> {
  const { packages, said } = before.plan ?? {}
  const after = { ...before, ...DONE, installed: { ...before.installed, ...packages } }
  const prepared = said === undefined ? {} : { prepared: preparedIn(said.stdout) }
  return { before, after, diff: [{ before: marked(before) + listed(before, packages), after: listed(after, packages), ...prepared }] }
}

function isEmpty({ packages, archives = [] }: AptPlan): boolean {
  return Object.keys(packages).length === 0 && archives.length === 0
}

/** What is changed besides packages. */
function marked({ automatic, cleans, plan }: AptState): string {
  return [...automatic.map((name) => `${name} is there for others only\n`), ...cleans ? ['files in the cache of apt\n'] : [], ...(plan?.archives ?? []).map((name) => `${name} in the cache of apt\n`)].join('')
}

function isOnlyUpdate(wanted: WantedPackages): boolean {
  const { name, deb, upgrade, state, options } = wanted
  return name.length === 0 && deb === undefined && upgrade === undefined && state === 'present' && !options.autoremove && !wanted.autoclean
}

function listed({ installed }: Pick<AptState, 'installed'>, changes: Readonly<Record<string, string | null>> = {}): string {
  const names = [...new Set([...Object.keys(installed), ...Object.keys(changes)])].sort()
  return names.flatMap((name) => installed[name] ? [`${name} ${installed[name]}\n`] : []).join('')
}

/** What results tell of the package lists. */
export function aptResult({ refreshed, age }: AptState): JsonObject {
  return { cache_updated: refreshed, cache_update_time: refreshed ? age.now : age.updated }
}

/** Runs apt-get. */
export async function applyApt(wanted: WantedPackages, { before }: Change<AptState>, remote: Remote): Promise<JsonObject> {
  if (before.cleans) {
    await remote.write({ summary: 'Run apt-get clean', command: { script: 'apt-get clean' }, effects: { keys: [APT_CACHE_AGE.key], paths: ['/var/cache/apt'], predictions: [ageThen(before, { isCached: false })] } })
  }
  if (before.words === null) {
    if (isOnlyUpdate(wanted) && before.stale) await updateLists(remote, wanted.tries)
    await keepAll(before, remote)
    return {}
  }
  const result = await remote.write({
    summary: `Run apt-get ${before.words.join(' ')}`,
    command: { script: aptCommand(wanted.options, before.words) },
    effects: aptEffects(wanted, before),
  })
  await keepAll(before, remote)
  // A prediction says nothing; what apt-get said of its plan is what it would say.
  const { said } = before.plan ?? {}
  return result.stdout.length === 0 && said !== undefined ? { stdout: said.stdout, stderr: said.stderr } : outputFields(result, { strip: false })
}

/** They are wanted for themselves from now on. */
async function keepAll(before: AptState, remote: Remote): Promise<void> {
  const { automatic: names } = before
  if (names.length === 0) return
  const effects = { keys: [APT_CACHE_AGE.key], paths: ['/var/lib/apt/extended_states'], predictions: [ageThen(before, { isCached: before.age.isCached || before.words !== null })] }
  await remote.write({ summary: `Run apt-mark manual ${names.join(' ')}`, command: { script: `apt-mark manual ${quoteAll(names)}` }, effects })
}

/** What apt keeps besides packages, once they are as planned: what came for others' sake is theirs, what was asked for is not. */
function ageThen({ age, automatic: kept, installed, plan }: AptState, { isCached }: { readonly isCached: boolean }): Prediction {
  const { packages = {}, added = [] } = plan ?? {}
  const automatic = [...age.automatic.filter((name) => packages[name] !== null && !kept.includes(name)), ...added.filter((name) => !(name in installed))]
  return { probe: APT_CACHE_AGE, answer: { ...age, automatic, isCached } }
}

function aptEffects({ affects, name: names }: WantedPackages, before: AptState): Effects {
  const { plan, words } = before
  const told = affectedBy(affects)
  const packages = Object.entries(plan?.packages ?? {})
  const predictions: Prediction[] = packages.map(([name, version]) => ({
    probe: dpkgProbe(name),
    answer: version === null ? { status: words?.includes('--purge') ? 'absent' : 'config-files' } : { status: 'installed', version },
  }))
  const keys = plan === null ? (names.length === 0 ? ['package:*'] : names.map((name) => `package:${parsePackageSpec(name).name}`)) : packages.map(([name]) => `package:${name}`)
  return {
    keys: [...keys, 'packages', 'apt:plan:*', APT_CACHE_AGE.key, 'processes', ...told?.keys ?? ['service:*', 'services', 'user:*', 'group:*', 'supervisor*']],
    paths: told === undefined ? PACKAGE_PATHS : [...told.paths ?? [], '/var/lib/dpkg', '/var/cache/apt'],
    predictions: [...predictions, ageThen(before, { isCached: true })],
  }
}
