import { defineModule } from '../module/define-module.ts'
import { applyService, type ServiceOptions } from './system/service/apply.ts'
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
    use: { type: 'str', default: 'auto', description: 'Accepted for compatibility: the service manager is found by itself.' },
  },
  constraints: { oneOf: [['state', 'enabled']] },
  examples: [
    { name: 'Keep cron running', args: { name: 'cron', state: 'started', enabled: true } },
    { name: 'Let haproxy read its configuration', args: { name: 'haproxy', state: 'reloaded' } },
  ],
  observe: (wanted: ServiceArguments, remote) => remote.read(serviceProbe(wanted)),
  diff: serviceChange,
  apply: async (wanted, change, remote) => {
    const { manager } = change.before
    const said = await applyService(options(wanted, manager === 'openrc'), change, remote)
    return manager === 'sysvinit' ? { status: initScriptStatus(wanted, change, said) } : undefined
  },
  result: serviceResult,
})

interface ServiceArguments extends WantedService {
  readonly pattern: string | undefined
  readonly sleep: number | undefined
  readonly arguments: string
  readonly runlevel: string
}

function options({ runlevel, ...rest }: ServiceArguments, openrc: boolean): ServiceOptions {
  return openrc ? { ...rest, runlevels: [runlevel] } : rest
}
