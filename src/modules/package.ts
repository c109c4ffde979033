import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { outputFields } from './system/command/output.ts'
import { aptChange, applyApt, aptResult } from './system/packages/apt-change.ts'
import { observeApt } from './system/packages/apt-observe.ts'
import type { AptState } from './system/packages/apt-state.ts'
import { applyDnf, dnfChange, dnfResult, observeDnf, type DnfState } from './system/packages/dnf-change.ts'
import { installedProbe, MANAGER_PROBE, managerCommand, managerNamed, MANAGERS, type InstalledState, type ManagerName } from './system/packages/other-managers.ts'
import { touchedBySetup } from './system/packages/package-effects.ts'
import { PACKAGE_ARGUMENTS, wantedByManager, type WantedByManager } from './system/packages/package-arguments.ts'

/** `ansible.builtin.package`: packages, by whichever package manager the host has. */
export const packageAny = defineModule({
  name: 'package',
  aliases: ['apk', 'zypper', 'pacman', 'community.general.apk', 'community.general.zypper', 'community.general.pacman'],
  summary: 'Keep packages installed, current or absent.',
  args: PACKAGE_ARGUMENTS,
  constraints: { exclusive: [['best', 'nobest']] },
  examples: [{ name: 'Trees of folders', args: { name: 'tree', state: 'present' } }],
  prepare: (args, controller) => Promise.resolve(wantedByManager(args.use === 'auto' ? { ...args, use: String(controller.variable('ansible_package_use') ?? args.use) } : args)),
  observe: async (wanted, remote): Promise<PackagesState> => {
    const manager = wanted.use === 'auto' ? await remote.read(MANAGER_PROBE) : managerNamed(wanted.use)
    if (manager === 'apt') return { manager, apt: await observeApt(wanted.apt, remote) }
    if (manager === 'dnf') return { manager, dnf: await observeDnf(wanted.dnf(), remote) }
    return { manager, packages: await observeOthers(wanted, manager, remote) }
  },
  diff: (wanted, before) => {
    if (before.manager === 'apt') return changeOf(aptChange(wanted.apt, before.apt), (apt) => ({ manager: 'apt', apt }))
    if (before.manager === 'dnf') return changeOf(dnfChange(wanted.dnf(), before.dnf), (dnf) => ({ manager: 'dnf', dnf }))
    return otherDiff(wanted, before)
  },
  apply: async (wanted, change, remote) => {
    const { before, after } = change
    if (before.manager === 'apt' && after.manager === 'apt') return applyApt(wanted.apt, { before: before.apt, after: after.apt }, remote)
    if (before.manager === 'dnf' && after.manager === 'dnf') return applyDnf(wanted.dnf(), { before: before.dnf, after: after.dnf }, remote)
    return applyOther(wanted, change, remote)
  },
  result: (wanted, state) => state.manager === 'apt' ? aptResult(state.apt) : state.manager === 'dnf' ? dnfResult(wanted.dnf(), state.dnf) : {},
  undo: { impossible: 'what packages did while they were set up or removed is not known' },
})

type OtherManager = Exclude<ManagerName, 'apt' | 'dnf'>

type PackagesState =
  | { readonly manager: 'apt', readonly apt: AptState }
  | { readonly manager: 'dnf', readonly dnf: DnfState }
  | { readonly manager: OtherManager, readonly packages: Readonly<Record<string, InstalledState>> }

type OtherState = Extract<PackagesState, { readonly packages: unknown }>

async function observeOthers({ apt: { name, state } }: WantedByManager, manager: OtherManager, remote: Remote): Promise<Readonly<Record<string, InstalledState>>> {
  if (manager === 'unknown') return {}
  const found = await Promise.all(name.map((one) => remote.read(installedProbe(MANAGERS[manager], one, { latest: state === 'latest' }))))
  return Object.fromEntries(name.map((one, index) => [one, found[index] ?? 'absent']))
}

/** A manager's own change, as one of this module. */
function changeOf<State>(change: Change<State> | undefined, wrap: (state: State) => PackagesState): Change<PackagesState> | undefined {
  return change && { ...change, before: wrap(change.before), after: wrap(change.after) }
}

function otherDiff({ apt: { state } }: WantedByManager, before: OtherState): Change<PackagesState> | undefined {
  if (before.manager === 'unknown') throw new ModuleFailure('Could not find a package manager that is known: apt-get, dnf, yum, zypper, apk, pacman')
  const goal: InstalledState = state === 'absent' ? 'absent' : 'installed'
  const packages = Object.fromEntries(Object.keys(before.packages).map((name) => [name, goal]))
  const isSame = Object.entries(before.packages).every(([, found]) => found === goal)
  return isSame ? undefined : { before, after: { ...before, packages } }
}

async function applyOther({ apt: wanted }: WantedByManager, { before, after }: Change<PackagesState>, remote: Remote): Promise<JsonObject> {
  if (!('packages' in before) || before.manager === 'unknown' || !('packages' in after)) return {}
  const manager = MANAGERS[before.manager]
  const names = Object.keys(after.packages).filter((name) => before.packages[name] !== after.packages[name])
  const verb = wanted.state === 'absent' ? 'remove' : wanted.state === 'latest' ? 'upgrade' : 'install'
  const { keys, paths } = touchedBySetup(wanted.affects)
  const result = await remote.write({
    summary: `Run ${manager[verb]} ${names.join(' ')}`,
    command: { script: managerCommand(manager, verb, names) },
    effects: {
      keys: ['package:*', 'packages', 'processes', ...keys],
      paths,
      predictions: names.map((name) => ({ probe: installedProbe(manager, name, { latest: wanted.state === 'latest' }), answer: after.packages[name] })),
    },
  })
  return outputFields(result, { strip: false })
}
