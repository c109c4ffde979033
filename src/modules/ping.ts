import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { ifUnknown } from '../value/unknown.ts'

/** `ansible.builtin.ping`: whether the host can be reached and runs commands. */
export const ping = defineAction({
  name: 'ping',
  summary: 'Check that the host can be reached and runs commands.',
  where: 'host',
  check: 'run',
  args: {
    data: { type: 'str', default: 'pong', description: 'What to answer; `crash` fails.' },
  },
  examples: [{ name: 'Are you there?', args: {} }],
  run: async ({ data }, { remote, controller }) => {
    if (data === 'crash') throw crash(controller.target.kind)
    await answers(remote)
    return { changed: false, fields: { ping: data } }
  },
})

/** What a module that crashed looks like; over ssh Ansible has both streams in one. */
function crash(connection: string | undefined): ModuleFailure {
  const exception = 'Traceback (most recent call last):\nException: boom\n'
  const streams = connection === 'local' ? { module_stdout: '', module_stderr: exception } : { module_stdout: exception, module_stderr: '' }
  return new ModuleFailure('MODULE FAILURE\nSee stdout/stderr for the exact error', { ...streams, exception, rc: 1 })
}

async function answers(remote: Remote): Promise<void> {
  // In check mode a remote only predicts, but to get one it had to connect.
  const answer = await remote.exec({ script: ':' }, {}).catch(ifUnknown(() => undefined))
  if (answer !== undefined && answer.status !== 0) throw new ModuleFailure(answer.stderr.toString('utf8').trim())
}
