import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { affectedBy } from './system/command/affected.ts'
import { affectsArgument } from './system/command/arguments.ts'
import { outputFields } from './system/command/output.ts'
import { aptChange, applyApt, aptResult } from './system/packages/apt-change.ts'
import { observeApt } from './system/packages/apt-observe.ts'
import type { AptState, WantedPackages } from './system/packages/apt-state.ts'
import { installedProbe, MANAGER_PROBE, managerCommand, MANAGERS, type InstalledState, type ManagerName } from './system/packages/other-managers.ts'

/** `ansible.builtin.package`: packages, by whichever package manager the host has. */
export const packageAny = defineModule({
  name: 'package',
  aliases: ['apk', 'zypper', 'pacman', 'community.general.apk', 'community.general.zypper', 'community.general.pacman'],
  summary: 'Keep packages installed, current or absent.',
  args: {
    name: { type: 'list', elements: 'str', required: true, aliases: ['pkg'], description: 'The packages.' },
    state: { type: 'str', default: 'present', choices: ['present', 'installed', 'absent', 'removed', 'latest'], description: 'What they are to be.' },
    use: { type: 'str', default: 'auto', description: 'The package manager: apt, dnf, yum, zypper, apk, pacman; found by itself by default.' },
    update_cache: { type: 'bool', default: false, description: 'apt: fetch package lists first, where something is to be done.' },
    ...affectsArgument,
  },
  examples: [{ name: 'Trees of folders', args: { name: 'tree', state: 'present' } }],
  prepare: async ({ name, state, use, update_cache: updates, affects }, controller): Promise<WantedFrom> => ({
    use: use === 'auto' ? String(controller.variable('ansible_package_use') ?? use) : use, name, state: STATES[state], deb: undefined, upgrade: undefined, updates, cacheValidTime: 0, options: PLAIN, affects,
  }),
  observe: async (wanted, remote): Promise<PackagesState> => {
    const manager = wanted.use === 'auto' ? await remote.read(MANAGER_PROBE) : knownManager(wanted.use)
    return manager === 'apt' ? { manager, apt: await observeApt(wanted, remote) } : { manager, packages: await observeOthers(wanted, manager, remote) }
  },
  diff: (wanted, before) => before.manager === 'apt' ? aptDiff(wanted, before) : otherDiff(wanted, before),
  apply: async (wanted, change, remote) => {
    const { before, after } = change
    if (before.manager === 'apt' && after.manager === 'apt') return applyApt(wanted, { before: before.apt, after: after.apt }, remote)
    return applyOther(wanted, change, remote)
  },
  result: (_wanted, state) => state.manager === 'apt' ? aptResult(state.apt) : {},
  undo: { impossible: 'what packages did while they were set up or removed is not known' },
})

interface WantedFrom extends WantedPackages {
  readonly use: string
}

function knownManager(name: string): ManagerName {
  const short = name.slice(name.lastIndexOf('.') + 1)
  if (short === 'apt' || short in MANAGERS) return short as ManagerName
  throw new ModuleFailure(`Could not find a matching action for the "${name}" package manager.`)
}

type PackagesState =
  | { readonly manager: 'apt', readonly apt: AptState }
  | { readonly manager: Exclude<ManagerName, 'apt'>, readonly packages: Readonly<Record<string, InstalledState>> }

type OtherState = Extract<PackagesState, { readonly packages: unknown }>

const STATES = { present: 'present', installed: 'present', absent: 'absent', removed: 'absent', latest: 'latest' } as const

const PLAIN: WantedPackages['options'] = {
  purge: false, autoremove: false, default_release: undefined, install_recommends: undefined, force: false, allow_unauthenticated: false, allow_downgrade: false,
  allow_change_held_packages: false, only_upgrade: false, fail_on_autoremove: false, dpkg_options: 'force-confdef,force-confold', lock_timeout: 60, policy_rc_d: undefined,
}

async function observeOthers({ name, state }: WantedPackages, manager: Exclude<ManagerName, 'apt'>, remote: Remote): Promise<Readonly<Record<string, InstalledState>>> {
  if (manager === 'unknown') return {}
  const found = await Promise.all(name.map((one) => remote.read(installedProbe(MANAGERS[manager], one, { latest: state === 'latest' }))))
  return Object.fromEntries(name.map((one, index) => [one, found[index] ?? 'absent']))
}

function aptDiff(wanted: WantedPackages, before: Extract<PackagesState, { readonly manager: 'apt' }>): Change<PackagesState> | undefined {
  const change = aptChange(wanted, before.apt)
  if (change === undefined) return undefined
  return { before, after: { manager: 'apt', apt: change.after }, ...change.diff === undefined ? {} : { diff: change.diff } }
}

function otherDiff({ state }: WantedPackages, before: OtherState): Change<PackagesState> | undefined {
  if (before.manager === 'unknown') throw new ModuleFailure('Could not find a package manager that is known: apt-get, dnf, yum, zypper, apk, pacman')
  const goal: InstalledState = state === 'absent' ? 'absent' : 'installed'
  const packages = Object.fromEntries(Object.keys(before.packages).map((name) => [name, goal]))
  const isSame = Object.entries(before.packages).every(([, found]) => found === goal)
  return isSame ? undefined : { before, after: { ...before, packages } }
}

async function applyOther(wanted: WantedPackages, { before, after }: Change<PackagesState>, remote: Remote): Promise<JsonObject> {
  if (before.manager === 'apt' || before.manager === 'unknown' || after.manager === 'apt') return {}
  const manager = MANAGERS[before.manager]
  const names = Object.keys(after.packages).filter((name) => before.packages[name] !== after.packages[name])
  const verb = wanted.state === 'absent' ? 'remove' : wanted.state === 'latest' ? 'upgrade' : 'install'
  const told = affectedBy(wanted.affects)
  const result = await remote.write({
    summary: `Run ${manager[verb]} ${names.join(' ')}`,
    command: { script: managerCommand(manager, verb, names) },
    effects: {
      keys: ['package:*', 'packages', 'processes', ...told?.keys ?? ['service:*', 'services', 'user:*', 'group:*']],
      paths: told?.paths ?? ['/etc', '/usr', '/lib', '/lib64', '/bin', '/sbin', '/boot', '/opt', '/var', '/run'],
      predictions: names.map((name) => ({ probe: installedProbe(manager, name, { latest: wanted.state === 'latest' }), answer: after.packages[name] })),
    },
  })
  return outputFields(result, { strip: false })
}
