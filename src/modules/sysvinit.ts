import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { applyService } from './system/service/apply.ts'
import { serviceProbe } from './system/service/probe.ts'
import { initScriptStatus } from './system/service/result.ts'
import { serviceChange, type WantedService } from './system/service/wanted.ts'

/** `ansible.builtin.sysvinit`: services of init scripts. */
export const sysvinit = defineModule({
  name: 'sysvinit',
  summary: 'Keep a service of an init script running or stopped, now and at boot.',
  args: {
    name: { type: 'str', required: true, aliases: ['service'], description: 'The service.' },
    state: { type: 'str', choices: ['started', 'stopped', 'restarted', 'reloaded'], description: 'What it is to be; `restarted` and `reloaded` always change.' },
    enabled: { type: 'bool', description: 'Whether it is started at boot.' },
    runlevels: { type: 'list', elements: 'str', description: 'Runlevels of `enabled`.' },
    pattern: { type: 'str', description: 'Text in the process list that shows it runs, for init scripts without `status`.' },
    sleep: { type: 'int', default: 1, description: 'Seconds between stop and start of a restart.' },
    arguments: { type: 'str', aliases: ['args'], description: 'Words after the action.' },
    daemonize: { type: 'bool', default: false, description: 'Accepted for compatibility: nothing that keeps running holds the task.' },
  },
  constraints: { oneOf: [['state', 'enabled']] },
  examples: [{ name: 'Nobody copies from here', args: { name: 'rsync', state: 'stopped', enabled: false } }],
  observe: (wanted: WantedScript, remote) => remote.read(serviceProbe(wanted)),
  diff: (wanted, before) => {
    if (before.manager === 'systemd' && !before.exists) throw new ModuleFailure(`Could not find the requested service ${wanted.name}: host`)
    return serviceChange(wanted, { ...before, manager: 'sysvinit' })
  },
  apply: async (wanted, change, remote) => ({ status: initScriptStatus(wanted, change, await applyService(wanted, change, remote)) }),
  result: (wanted) => ({ name: wanted.name, status: initScriptStatus(wanted) }),
})

interface WantedScript extends WantedService {
  readonly runlevels: readonly string[] | undefined
  readonly pattern: string | undefined
  readonly sleep: number
  readonly arguments: string | undefined
}
