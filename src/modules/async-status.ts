import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'

/** `ansible.builtin.async_status`: how a task that was left running is doing. */
export const asyncStatus = defineAction({
  name: 'async_status',
  summary: 'Ask how a task that was started with poll: 0 is doing.',
  where: 'host',
  check: 'run',
  args: {
    jid: { type: 'str', required: true, description: 'The `ansible_job_id` of the result that started it.' },
    mode: { type: 'str', choices: ['status', 'cleanup'], default: 'status', description: '`cleanup` removes what is kept about the job.' },
  },
  examples: [
    { name: 'Look after a job', args: { jid: '{{ started.ansible_job_id }}' } },
    { name: 'Forget it', args: { jid: '{{ started.ansible_job_id }}', mode: 'cleanup' } },
  ],
  run: ({ jid, mode }, { remote, controller: { jobs } }) => {
    if (jobs === undefined) throw new ModuleFailure('could not find job', { stdout: '', stderr: '', ansible_job_id: jid, started: true, finished: true })
    return mode === 'cleanup' ? jobs.forget(jid, remote) : jobs.status(jid, remote)
  },
})
