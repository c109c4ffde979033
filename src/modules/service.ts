import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { applyService } from './system/service/apply.ts'
import { serviceProbe } from './system/service/probe.ts'
import { initScriptStatus, serviceResult } from './system/service/result.ts'
import { serviceChange, type WantedService } from './system/service/wanted.ts'

/** `ansible.builtin.service`: a service, whatever the host's service manager. */
export const service = defineModule({
  name: 'service',
  summary: 'Keep a service running or stopped, now and at boot.',
  args: {
    name: { type: 'str', required: true, description: 'The service.' },
    state: { type: 'str', choices: ['started', 'stopped', 'restarted', 'reloaded'], description: 'What it is to be; `restarted` and `reloaded` always change.' },
    enabled: { type: 'bool', description: 'Whether it is started at boot.' },
    pattern: { type: 'str', description: 'Text in the process list that shows it runs, for init scripts without `status`.' },
    sleep: { type: 'int', description: 'Seconds between stop and start of a restart.' },
    arguments: { type: 'str', default: '', aliases: ['args'], description: 'Words after the action, for init scripts.' },
    runlevel: { type: 'str', default: 'default', description: 'OpenRC: the runlevel of `enabled`.' },
    use: { type: 'str', default: 'auto', description: '`systemd` or `sysvinit`, instead of the service manager that is found.' },
  },
  constraints: { oneOf: [['state', 'enabled']] },
  examples: [
    { name: 'Keep cron running', args: { name: 'cron', state: 'started', enabled: true } },
    { name: 'Let the name server read its zones', args: { name: 'named', state: 'reloaded' }, again: 'it is reloaded each time' },
  ],
  prepare: async ({ use, ...given }): Promise<ServiceArguments> => ({ ...given, by: managerNamed(use) }),
  observe: (wanted, remote) => remote.read(serviceProbe(wanted)),
  diff: (wanted, before) => {
    if (wanted.by === 'systemd' && before.manager !== 'systemd') throw new ModuleFailure('systemd does not run this host')
    return serviceChange(wanted, { ...before, manager: wanted.by ?? before.manager })
  },
  apply: async (wanted, change, remote) => {
    const said = await applyService(wanted, change, remote)
    return change.before.manager === 'sysvinit' ? { status: initScriptStatus(wanted, change, said) } : undefined
  },
  result: (wanted, state) => ({ ...serviceResult(wanted, state), ...state.manager === 'systemd' && unused(wanted) }),
})

interface ServiceArguments extends WantedService {
  readonly pattern: string | undefined
  readonly sleep: number | undefined
  readonly arguments: string
  readonly runlevel: string
  readonly by: 'systemd' | 'sysvinit' | undefined
}

/** Others are found by themselves, as Ansible does with what it has no module for. */
function managerNamed(use: string): 'systemd' | 'sysvinit' | undefined {
  const short = use.toLowerCase().replace(/^ansible\.(?:builtin|legacy)\./, '')
  return short === 'systemd' || short === 'sysvinit' ? short : undefined
}

function unused({ pattern, runlevel, sleep, arguments: words }: ServiceArguments): JsonObject {
  const given = { pattern: pattern !== undefined, runlevel: runlevel !== 'default', sleep: sleep !== undefined, arguments: words !== '' }
  const warnings = Object.entries(given).filter(([, isGiven]) => isGiven).map(([name]) => `Ignoring "${name}" as it is not used in "systemd"`)
  return warnings.length === 0 ? {} : { warnings }
}
