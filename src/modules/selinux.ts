import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { JsonObject } from '../value/value.ts'
import { settingIn, withSetting } from './system/selinux/config-file.ts'

type Mode = 'enforcing' | 'permissive' | 'disabled'

interface SelinuxState {
  readonly config: string
  readonly mode: Mode
  /** Whether the boot loader lets the kernel have SELinux; null where kernels differ, absent where it is not asked for. */
  readonly kernel?: boolean | null
}

/** `ansible.posix.selinux`: mode and policy of SELinux. */
export const selinux = defineModule({
  name: 'selinux',
  aliases: ['ansible.posix.selinux'],
  summary: 'Keep the mode and policy of SELinux, now and at boot.',
  args: {
    policy: { type: 'str', description: 'The policy: `targeted`. Needed unless the state is `disabled`.' },
    state: { type: 'str', required: true, choices: ['disabled', 'enforcing', 'permissive'], description: 'The mode.' },
    update_kernel_param: { type: 'bool', default: false, description: 'Whether the boot loader is told too, by grubby.' },
    configfile: { type: 'str', default: '/etc/selinux/config', aliases: ['conf', 'file'], description: 'The file.' },
  },
  examples: [{ name: 'Warn only', args: { policy: 'targeted', state: 'permissive' } }],
  observe: async ({ configfile, update_kernel_param: asksKernel }: WantedSelinux, remote): Promise<SelinuxState> => {
    const [config, mode, kernel] = await Promise.all([remote.readText(configfile), remote.read(MODE), asksKernel ? remote.read(KERNEL) : undefined])
    if (config === undefined) throw new ModuleFailure(`Unable to find file ${configfile}`, { details: 'Please install SELinux-policy package, if this package is not installed previously.' })
    return { config, mode, ...kernel === undefined ? {} : { kernel } }
  },
  diff: (wanted, before) => {
    const policy = policyOf(wanted, before)
    const after = {
      ...before, config: withSetting(withSetting(before.config, 'SELINUXTYPE', policy), 'SELINUX', wanted.state), mode: modeAfter(wanted.state, before.mode),
      ...before.kernel === undefined ? {} : { kernel: wanted.state !== 'disabled' },
    }
    const messages = messagesOf(wanted, before, after)
    if (JSON.stringify(after) === JSON.stringify(before)) return undefined
    const headers = { beforeHeader: wanted.configfile, afterHeader: wanted.configfile }
    const fields = { msg: messages.join(', '), reboot_required: needsReboot(wanted.state, before.mode) }
    return { before, after, diff: [{ before: shown(before), after: shown(after), ...headers }], fields }
  },
  apply: async ({ configfile }, change, remote) => {
    const { before, after } = change
    if (after.config !== before.config) await remote.writeFile(configfile, after.config)
    for (const command of liveCommands(change)) {
      const predictions = [{ probe: MODE, answer: after.mode }, ...typeof after.kernel === 'boolean' ? [{ probe: KERNEL, answer: after.kernel }] : []]
      await remote.write({ ...command, effects: { keys: ['selinux:*', 'facts:*'], predictions } })
    }
    return undefined
  },
  result: (wanted, state): JsonObject => ({
    msg: '', configfile: wanted.configfile, policy: policyOf(wanted, state), state: wanted.state, reboot_required: needsReboot(wanted.state, state.mode),
  }),
  destroys: ({ configfile }, { before, after }) => before.config === after.config ? [] : [configfile],
})

interface WantedSelinux {
  readonly policy: string | undefined
  readonly state: Mode
  readonly update_kernel_param: boolean
  readonly configfile: string
}

const MODE: ScriptProbe<Mode> = {
  kind: 'script',
  key: 'selinux:mode',
  script: 'if [ -r /sys/fs/selinux/enforce ]; then read -r e </sys/fs/selinux/enforce; echo "$e"; fi',
  parse: ({ stdout }) => {
    const text = stdout.toString('utf8').trim()
    return text === '' ? 'disabled' : text === '1' ? 'enforcing' : 'permissive'
  },
}

const KERNEL: ScriptProbe<boolean | null> = {
  kind: 'script',
  key: 'selinux:kernel',
  script: 'command -v grubby >/dev/null || exit 127\ngrubby --info=ALL',
  parse: ({ status, stdout }) => {
    if (status === 127) throw new ModuleFailure("'grubby' command not found on host")
    if (status !== 0) throw new ModuleFailure('unable to run grubby')
    const off = [...stdout.toString('utf8').matchAll(/^args="(.*)"$/gm)].map(([, words = '']) => words.split(' ').includes('selinux=0'))
    return off.every((one) => one) === off.every((one) => !one) ? null : !off[0]
  },
}

function policyOf({ policy, state }: WantedSelinux, { config }: SelinuxState): string {
  const wanted = policy ?? (state === 'disabled' ? settingIn(config, 'SELINUXTYPE') : undefined)
  if (wanted === undefined && state !== 'disabled') throw new ModuleFailure("Policy is required if state is not 'disabled'")
  return wanted ?? ''
}

/** What runs without SELinux stays so until it is booted; what is to be disabled is permissive until then. */
function modeAfter(wanted: Mode, mode: Mode): Mode {
  if (mode === 'disabled') return mode
  return wanted === 'disabled' ? 'permissive' : wanted
}

function needsReboot(wanted: Mode, mode: Mode): boolean {
  return (wanted === 'disabled') !== (mode === 'disabled')
}

function messagesOf({ configfile, state }: WantedSelinux, before: SelinuxState, after: SelinuxState): readonly string[] {
  const changes = (what: string, read: (state: SelinuxState) => string): readonly string[] => {
    return read(before) === read(after) ? [] : [`${what} changed from '${read(before)}' to '${read(after)}'`]
  }
  const policy = ({ config }: SelinuxState): string => settingIn(config, 'SELINUXTYPE') ?? 'None'
  return [
    ...changes('Running SELinux policy', policy), ...changes(`SELinux policy configuration in '${configfile}'`, policy),
    ...state === 'disabled' ? [] : changes('SELinux state', ({ mode }) => mode),
    ...changes('Config SELinux state', ({ config }) => settingIn(config, 'SELINUX') ?? 'None'),
    ...changes('Kernel SELinux state', ({ kernel }) => kernel === null ? '<inconsistent>' : kernel === true ? 'enabled' : 'disabled'),
  ]
}

function liveCommands({ before, after }: Change<SelinuxState>): readonly { readonly summary: string, readonly command: { readonly script: string } }[] {
  return [
    ...after.mode === before.mode || after.mode === 'disabled' ? [] : [{ summary: `Turn SELinux ${after.mode}`, command: { script: `setenforce ${after.mode === 'enforcing' ? 1 : 0}` } }],
    ...typeof after.kernel !== 'boolean' || after.kernel === before.kernel
      ? []
      : [{ summary: `${after.kernel ? 'Allow' : 'Forbid'} SELinux at boot`, command: { script: `grubby --update-kernel=ALL ${after.kernel ? '--remove-args' : '--args'} selinux=0` } }],
  ]
}

function shown({ config, mode }: SelinuxState): string {
  return `${config}${config === '' || config.endsWith('\n') ? '' : '\n'}# live: ${mode}\n`
}
