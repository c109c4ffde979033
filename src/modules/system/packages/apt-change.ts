import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects, Prediction } from '../../../remote/write.ts'
import type { JsonObject } from '../../../value/value.ts'
import { affectedBy } from '../command/affected.ts'
import { outputFields } from '../command/output.ts'
import { aptCommand } from './apt-command.ts'
import { UPDATE_EFFECTS, UPDATE_LISTS } from './apt-observe.ts'
import type { AptState, WantedPackages } from './apt-state.ts'
import { dpkgProbe } from './dpkg-probe.ts'
import { parsePackageSpec } from './package-spec.ts'

/** What apt would do, as a change; fetching lists counts only for a task that asks for nothing else. */
export function aptChange(wanted: WantedPackages, before: AptState): Change<AptState> | undefined {
  if (before.words === null) {
    return before.stale && isOnlyUpdate(wanted) ? { before, after: { ...before, stale: false, refreshed: true } } : undefined
  }
  if (before.plan?.problem !== undefined) throw new ModuleFailure(before.plan.problem)
  const changes = before.plan?.packages
  if (changes !== undefined && Object.keys(changes).length === 0) return undefined
  const after = { ...before, installed: { ...before.installed, ...changes }, words: null, plan: null }
  return { before, after, diff: [{ before: listed(before, changes), after: listed(after, changes) }] }
}

function isOnlyUpdate({ name, deb, upgrade, state, options }: WantedPackages): boolean {
  return name.length === 0 && deb === undefined && upgrade === undefined && state === 'present' && !options.autoremove
}

function listed({ installed }: AptState, changes: Readonly<Record<string, string | null>> = {}): string {
  const names = [...new Set([...Object.keys(installed), ...Object.keys(changes)])].sort()
  return names.flatMap((name) => installed[name] ? [`${name} ${installed[name]}\n`] : []).join('')
}

/** What results tell of the package lists. */
export function aptResult({ refreshed, age }: AptState): JsonObject {
  return { cache_updated: refreshed, cache_update_time: refreshed ? age.now : age.updated }
}

/** Runs apt-get. */
export async function applyApt(wanted: WantedPackages, { before }: Change<AptState>, remote: Remote): Promise<JsonObject> {
  if (before.words === null) {
    await remote.write({ summary: 'Fetch package lists', command: { script: UPDATE_LISTS }, effects: UPDATE_EFFECTS })
    return {}
  }
  const result = await remote.write({
    summary: `Run apt-get ${before.words.join(' ')}`,
    command: { script: aptCommand(wanted.options, before.words) },
    effects: aptEffects(wanted, before),
  })
  return outputFields(result, { strip: false })
}

/** Everything that setting up packages may touch, by the policy of Debian, unless the task tells. */
const PACKAGE_PATHS = ['/etc', '/usr', '/lib', '/lib64', '/bin', '/sbin', '/boot', '/opt', '/var', '/run']

function aptEffects({ affects, name: names }: WantedPackages, { plan, words }: AptState): Effects {
  const told = affectedBy(affects)
  const packages = Object.entries(plan?.packages ?? {})
  const predictions: Prediction[] = packages.map(([name, version]) => ({
    probe: dpkgProbe(name),
    answer: version === null ? { status: words?.includes('--purge') ? 'absent' : 'config-files' } : { status: 'installed', version },
  }))
  const keys = plan === null ? (names.length === 0 ? ['package:*'] : names.map((name) => `package:${parsePackageSpec(name).name}`)) : packages.map(([name]) => `package:${name}`)
  return {
    keys: [...keys, 'packages', 'apt:plan:*', 'processes', ...told?.keys ?? ['service:*', 'services', 'user:*', 'group:*', 'supervisor*']],
    paths: told === undefined ? PACKAGE_PATHS : [...told.paths ?? [], '/var/lib/dpkg', '/var/cache/apt'],
    predictions,
  }
}
