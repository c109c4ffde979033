import { ConnectionError } from '../connection/connection.ts'
import { defineAction } from '../module/define-module.ts'
import type { Controller } from '../module/controller.ts'
import { UnknownValueError } from '../value/unknown.ts'
import { waitUntil } from './system/waiting/until.ts'

/** `ansible.builtin.wait_for_connection`: waits until the host can be reached and runs commands. */
export const waitForConnection = defineAction({
  name: 'wait_for_connection',
  summary: 'Wait until the host can be reached.',
  // Not `host`: that one would have to be reached before the waiting begins.
  where: 'controller',
  check: 'run',
  args: {
    timeout: { type: 'int', default: 600, description: 'Seconds until it is given up.' },
    connect_timeout: { type: 'int', default: 5, description: 'Accepted for compatibility: an attempt takes as long as the connection\'s own timeout.' },
    delay: { type: 'int', default: 0, description: 'Seconds before the first attempt.' },
    sleep: { type: 'int', default: 1, description: 'Seconds between attempts.' },
  },
  examples: [{ name: 'Until it has booted', args: { delay: 5, timeout: 120 } }],
  run: async (patience, { controller }) => {
    let reason = ''
    const { answer, elapsed } = await waitUntil(patience, async () => {
      reason = await whyUnreachable(controller) ?? ''
      return reason === '' ? true : undefined
    })
    if (answer === true) return { changed: false, fields: { elapsed } }
    return { changed: false, failed: true, msg: `timed out waiting for ping module test: ${reason}`, fields: { elapsed } }
  },
})

async function whyUnreachable(controller: Controller): Promise<string | undefined> {
  try {
    const remote = await controller.remote(controller.target.host)
    const { status } = await remote.exec({ script: ':' }, {})
    return status === 0 ? undefined : `exit status ${status}`
  } catch (error) {
    if (error instanceof ConnectionError) return error.message
    // In check mode a remote only predicts, but to get one it had to connect.
    if (error instanceof UnknownValueError) return undefined
    throw error
  }
}
