import { defineModule } from '../module/define-module.ts'
import { applySupervisor } from './system/supervisor/apply.ts'
import { supervisorProbe } from './system/supervisor/probe.ts'
import { supervisorChange, type WantedPrograms } from './system/supervisor/wanted.ts'

/** `community.general.supervisorctl`: programs of supervisord. */
export const supervisorctl = defineModule({
  name: 'supervisorctl',
  aliases: ['community.general.supervisorctl'],
  summary: 'Keep programs of supervisord running or stopped.',
  args: {
    name: { type: 'str', required: true, description: 'A program, `GROUP:PROGRAM`, all programs of a group (`GROUP:`), or `all`.' },
    state: { type: 'str', required: true, choices: ['present', 'started', 'stopped', 'restarted', 'absent', 'signalled'], description: 'What it is to be; `restarted` and `signalled` always change.' },
    signal: { type: 'str', description: 'Signal to send, with `signalled`.' },
    stop_before_removing: { type: 'bool', default: false, description: 'Whether `absent` stops a running program first.' },
    config: { type: 'path', description: 'Configuration file of supervisorctl.' },
    server_url: { type: 'str', description: 'Where supervisord listens.' },
    username: { type: 'str', description: 'User for supervisord.' },
    password: { type: 'str', secret: true, description: 'Password for supervisord.' },
    supervisorctl_path: { type: 'path', description: 'Path of the program supervisorctl.' },
  },
  constraints: { requiredIf: [['state', 'signalled', ['signal']]] },
  examples: [
    { name: 'Start everything', args: { name: 'all', state: 'started' } },
    { name: 'Restart one program', args: { name: 'ws_server', state: 'restarted' }, again: 'it is restarted each time' },
  ],
  observe: (wanted: WantedPrograms, remote) => remote.read(supervisorProbe(wanted)),
  diff: supervisorChange,
  apply: async (wanted, change, remote) => {
    await applySupervisor(wanted, change, remote)
    return undefined
  },
  result: ({ name, state }) => ({ name, state }),
})
