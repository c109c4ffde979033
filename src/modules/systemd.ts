import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { Remote } from '../remote/remote.ts'
import { applyService } from './system/service/apply.ts'
import { serviceProbe, systemctl } from './system/service/probe.ts'
import { serviceResult } from './system/service/result.ts'
import type { ServiceState } from './system/service/state.ts'
import { serviceChange, type WantedService } from './system/service/wanted.ts'

/** `ansible.builtin.systemd`: units of systemd. */
export const systemd = defineModule({
  name: 'systemd',
  aliases: ['systemd_service'],
  summary: 'Keep a unit of systemd running, enabled or masked.',
  args: {
    name: { type: 'str', aliases: ['service', 'unit'], description: 'The unit; `.service` may be left out.' },
    state: { type: 'str', choices: ['started', 'stopped', 'restarted', 'reloaded'], description: 'What it is to be; `restarted` and `reloaded` always change.' },
    enabled: { type: 'bool', description: 'Whether it is started at boot.' },
    force: { type: 'bool', description: 'Whether existing links are replaced.' },
    masked: { type: 'bool', description: 'Whether starting it is forbidden.' },
    daemon_reload: { type: 'bool', default: false, aliases: ['daemon-reload'], description: 'Load unit files that changed on disk; counts as a change only when some did.' },
    daemon_reexec: { type: 'bool', default: false, aliases: ['daemon-reexec'], description: 'Execute systemd anew before; counts as a change.' },
    scope: { type: 'str', default: 'system', choices: ['system', 'user', 'global'], description: 'Whose units.' },
    no_block: { type: 'bool', default: false, description: 'Whether not to wait until it is done.' },
  },
  examples: [
    { name: 'After writing a unit file', args: { name: 'pitrix.service', state: 'restarted', enabled: true, daemon_reload: true } },
    { name: 'Only load unit files', args: { daemon_reload: true } },
    { name: 'Tell what systemd says of a unit', args: { name: 'pitrix.service' } },
  ],
  prepare: async ({ name, daemon_reload: reloadUnits, daemon_reexec: reexecute, no_block: noBlock, ...rest }): Promise<WantedUnit> => {
    if (name === undefined && [rest.state, rest.enabled, rest.masked].some((given) => given !== undefined)) throw new ModuleFailure('name is required with state, enabled and masked')
    const pattern = /[*?[]/.exec(name ?? '')?.[0]
    if (pattern !== undefined) throw new ModuleFailure(`This module does not currently support using glob patterns, found '${pattern}' in service name: ${name ?? ''}`)
    return { ...rest, name: name ?? '', reloadUnits, reexecute, noBlock }
  },
  observe: async (wanted, remote): Promise<ServiceState> => wanted.name === '' ? observeAll(wanted, remote) : remote.read(serviceProbe(wanted)),
  diff: (wanted, before) => {
    return before.manager === 'systemd' ? serviceChange(wanted, before) : changeAsleep(wanted, before)
  },
  apply: async (wanted, change, remote) => {
    await applyService(wanted, change, remote)
    return undefined
  },
  result: serviceResult,
})

/** What starts at boot can be said to a systemd that does not run, as in a chroot; nothing else can. */
function changeAsleep(wanted: WantedUnit, awake: ServiceState): Change<ServiceState> | undefined {
  const { dormant } = awake
  if (dormant === undefined) throw new ModuleFailure('systemd does not run this host')
  if (wanted.state !== undefined) throw new ModuleFailure('Service is in unknown state: systemd does not run this host')
  return serviceChange({ ...wanted, reloadUnits: false, reexecute: false }, { ...dormant, awake })
}

interface WantedUnit extends WantedService {
  readonly scope: 'system' | 'user' | 'global'
  readonly noBlock: boolean
  readonly force: boolean | undefined
}

// No unit is named: they are stale when one of them is.
async function observeAll({ scope }: WantedUnit, remote: Remote): Promise<ServiceState> {
  const answer = await remote.read(staleProbe(scope))
  return { manager: answer === 'no-systemd' ? 'sysvinit' : 'systemd', exists: true, running: true, enabled: true, masked: false, stale: answer === 'stale' }
}

function staleProbe(scope: WantedUnit['scope']): ScriptProbe<'stale' | 'current' | 'no-systemd'> {
  return {
    kind: 'script',
    key: 'service:',
    script: `if ! [ -d /run/systemd/system ]; then echo no-systemd; elif ${systemctl(scope)} show -p NeedDaemonReload '*' | grep -q yes; then echo stale; else echo current; fi`,
    parse: ({ stdout }) => stdout.toString('utf8').trim() as 'stale' | 'current' | 'no-systemd',
    readsPaths: ['/etc/systemd/system', '/lib/systemd/system', '/usr/lib/systemd/system'],
  }
}
