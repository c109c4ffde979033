import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectionError } from '../connection/connection.ts'
import type { Controller } from '../module/controller.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import { quote } from '../text/shell-quote.ts'
import { waitUntil } from './system/waiting/until.ts'

/** `ansible.builtin.reboot`: reboots the host and waits until it is back. */
export const reboot = defineAction({
  name: 'reboot',
  summary: 'Reboot the host and wait until it is back.',
  // Not `host`: the connection is lost in the midst of it, and made anew.
  where: 'controller',
  check: 'predict',
  args: {
    reboot_timeout: { type: 'int', default: 600, aliases: ['reboot_timeout_sec'], description: 'Seconds for it to come back, and again for `test_command` to succeed.' },
    pre_reboot_delay: { type: 'int', default: 0, aliases: ['pre_reboot_delay_sec'], description: 'Seconds to wait before.' },
    post_reboot_delay: { type: 'int', default: 0, aliases: ['post_reboot_delay_sec'], description: 'Seconds to wait before it is asked.' },
    connect_timeout: { type: 'int', aliases: ['connect_timeout_sec'], description: 'Accepted for compatibility: an attempt takes as long as the connection\'s own timeout.' },
    test_command: { type: 'str', default: 'whoami', description: 'Command that must succeed in the end.' },
    boot_time_command: {
      type: 'str', default: 'cat /proc/sys/kernel/random/boot_id; read -r s </proc/1/stat; set -- ${s##*) }; shift 19; echo "$1"',
      description: 'Command whose output is another after a reboot; by default the kernel\'s boot id and the start of process 1, which is what changes in a container.',
    },
    reboot_command: { type: 'str', description: 'Command that reboots; default `shutdown -r now`.' },
    msg: { type: 'str', default: 'Reboot initiated by Ansible', description: 'What users of the host are told.' },
    search_paths: { type: 'list', elements: 'str', default: ['/sbin', '/bin', '/usr/sbin', '/usr/bin', '/usr/local/sbin'], description: 'Folders to look for `shutdown` in.' },
  },
  examples: [{ name: 'Boot the new kernel', args: { reboot_timeout: 300 }, again: 'the host boots each time' }],
  run: async (args, { controller }) => {
    refuseOwn(controller)
    const start = Date.now()
    const before = await output(args.boot_time_command, controller)
    await sleep(args.pre_reboot_delay * 1000)
    await begin(args, controller)
    await sleep(args.post_reboot_delay * 1000)
    const elapsed = () => Math.floor((Date.now() - start) / 1000)
    const problem = await comeBack(args, before, controller)
    if (problem !== undefined) return { changed: true, failed: true, msg: problem, fields: { rebooted: false, elapsed: elapsed() } }
    return { changed: true, effects: [{ kind: 'reset-connection' }], fields: { rebooted: true, elapsed: elapsed() } }
  },
  predict: async (_args, { controller }): Promise<ModuleResult> => {
    refuseOwn(controller)
    return { changed: true, unknownFields: ['elapsed'], fields: { rebooted: true } }
  },
})

function refuseOwn({ target }: Controller): void {
  if (target.kind === 'local') throw new ModuleFailure('Running reboot with local connection would reboot the control node.', { rebooted: false, elapsed: 0 })
}

interface Rebooting {
  readonly reboot_timeout: number
  readonly test_command: string
  readonly boot_time_command: string
  readonly reboot_command: string | undefined
  readonly msg: string
  readonly search_paths: readonly string[]
}

async function begin({ reboot_command: own, msg, search_paths: folders }: Rebooting, controller: Controller): Promise<void> {
  const script = own ?? `PATH=${quote(folders.join(':'))}:$PATH; if command -v shutdown >/dev/null; then shutdown -r now ${quote(msg)}; else reboot; fi`
  try {
    const remote = await controller.remote(controller.target.host)
    const { status, stderr } = await remote.exec({ script })
    // A shell that is ended by the shutdown itself has failed for a good reason.
    if (status !== 0 && status < 128) throw new ModuleFailure(`Reboot command failed: ${stderr.toString('utf8').trim() || `exit status ${status}`}`)
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
  }
}

async function comeBack(args: Rebooting, before: string, controller: Controller): Promise<string | undefined> {
  const patience = { timeout: args.reboot_timeout, sleep: 1, delay: 0 }
  const booted = await waitUntil(patience, async () => await whileDown(async () => await output(args.boot_time_command, controller) !== before))
  if (booted.answer === undefined) return `Timed out waiting for last boot time check (timeout=${args.reboot_timeout})`
  const tested = await waitUntil(patience, async () => await whileDown(async () => await succeeds(args.test_command, controller)))
  return tested.answer === undefined ? `Timed out waiting for post-reboot test command (timeout=${args.reboot_timeout})` : undefined
}

// Undefined means: try again.
async function whileDown(ask: () => Promise<boolean>): Promise<true | undefined> {
  try {
    return await ask() ? true : undefined
  } catch (error) {
    if (error instanceof ConnectionError || error instanceof ModuleFailure) return undefined
    throw error
  }
}

async function output(script: string, controller: Controller): Promise<string> {
  const remote = await controller.remote(controller.target.host)
  const { status, stdout, stderr } = await remote.exec({ script }, {})
  if (status !== 0) throw new ModuleFailure(`Cannot tell when the host was booted: ${stderr.toString('utf8').trim()}`)
  return stdout.toString('utf8')
}

async function succeeds(script: string, controller: Controller): Promise<boolean> {
  const remote = await controller.remote(controller.target.host)
  return (await remote.exec({ script }, {})).status === 0
}
