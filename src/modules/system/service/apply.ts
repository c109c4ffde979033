import type { Change } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'
import { serviceKey, serviceProbe, systemctl, type ServiceQuestion } from './probe.ts'
import type { ServiceManager, ServiceState } from './state.ts'

export interface ServiceOptions extends ServiceQuestion {
  /** Words after the action of an init script. */
  readonly arguments?: string | undefined
  /** Seconds between stop and start of a restart. */
  readonly sleep?: number | undefined
  /** OpenRC: where it starts at boot. */
  readonly runlevel?: string | undefined
  /** systemd: do not wait until it is done. */
  readonly noBlock?: boolean | undefined
  /** systemd: replace conflicting links. */
  readonly force?: boolean | undefined
}

type Step = 'start' | 'stop' | 'restart' | 'reload' | 'enable' | 'disable' | 'mask' | 'unmask' | 'load' | 'reexecute'

/** Makes a change of a service, in one command; to what that said, if it took one. */
export async function applyService(options: ServiceOptions, { before, after }: Change<ServiceState>, remote: Remote): Promise<ExecResult | undefined> {
  const steps = stepsBetween(before, after)
  if (steps.length === 0) return undefined
  return remote.write({
    summary: `${capitalized(steps.map((step) => STEP_NAMES[step]).join(' and '))} service ${options.name}`,
    command: { script: steps.map((step) => COMMANDS[before.manager](step, options)).join(' &&\n') },
    effects: {
      keys: [serviceKey(options), `${serviceKey({ name: options.name })}:*`, 'services', 'processes'],
      // Process ids, sockets and locks; links of the boot sequence.
      paths: ['/run', '/var/run', '/var/lock', ...before.enabled === after.enabled && before.masked === after.masked ? [] : BOOT_FOLDERS],
      predictions: [{ probe: serviceProbe(options), answer: settled(after) }],
    },
  })
}

const BOOT_FOLDERS = ['/etc/systemd/system', '/etc/runlevels', ...[0, 1, 2, 3, 4, 5, 6].map((level) => `/etc/rc${level}.d`)]

const STEP_NAMES: Readonly<Record<Step, string>> = {
  start: 'start', stop: 'stop', restart: 'restart', reload: 'reload', enable: 'enable', disable: 'disable', mask: 'mask', unmask: 'unmask', load: 'load the units of', reexecute: 'execute anew the manager of',
}

function stepsBetween(before: ServiceState, after: ServiceState): readonly Step[] {
  return [
    ...turn([before.masked, after.masked], { off: 'unmask' }),
    ...turn([before.stale, after.stale], { off: 'load' }),
    ...after.reexecuted === true ? ['reexecute' as const] : [],
    ...turn([before.enabled, after.enabled], { on: 'enable', off: 'disable' }),
    ...after.action === undefined ? turn([before.running, after.running], { on: 'start', off: 'stop' }) : [after.action],
    ...turn([before.masked, after.masked], { on: 'mask' }),
  ]
}

function turn([before, after]: readonly [boolean, boolean], { on, off }: { readonly on?: Step, readonly off?: Step }): readonly Step[] {
  const step = after ? on : off
  return before === after || step === undefined ? [] : [step]
}

function settled({ manager, exists, running, enabled, masked, stale, dormant, awake }: ServiceState): ServiceState {
  const state = { manager, exists, running, enabled, masked, stale, ...dormant && { dormant } }
  return awake === undefined ? state : { ...awake, dormant: state }
}

const COMMANDS: Readonly<Record<ServiceManager, (step: Step, options: ServiceOptions) => string>> = {
  systemd: (step, { name, scope, noBlock, force }) => {
    const call = [systemctl(scope), ...noBlock === true ? ['--no-block'] : [], ...force === true ? ['--force'] : []].join(' ')
    if (step === 'load') return `${call} daemon-reload`
    return step === 'reexecute' ? `${call} daemon-reexec` : `${call} ${step} -- ${quote(name)}`
  },
  openrc: (step, { name, runlevel = 'default' }) => {
    if (step === 'enable') return `rc-update add ${quote(name)} ${quote(runlevel)}`
    if (step === 'disable') return `rc-update del ${quote(name)} ${quote(runlevel)}`
    return `rc-service ${quote(name)} ${step}`
  },
  sysvinit: (step, options) => {
    if (step === 'enable' || step === 'disable') return bootLinks(step, options)
    const [stop, start] = [initScript('stop', options), initScript('start', options)]
    if (step === 'restart' && options.sleep !== undefined) return `{ ${stop}; sleep ${options.sleep}; ${start}; }`
    return initScript(step, options)
  },
}

// As the `service` program runs them: at the root, with a clean environment.
function initScript(step: Step, { name, arguments: words }: ServiceOptions): string {
  const clean = 'env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb'
  return `(cd / && ${clean} ${quote(`/etc/init.d/${name}`)} ${step}${words === undefined || words === '' ? '' : ` ${words}`})`
}

function bootLinks(step: 'enable' | 'disable', { name, runlevels }: ServiceOptions): string {
  const levels = runlevels === undefined ? '' : ` ${runlevels.map(quote).join(' ')}`
  const service = quote(name)
  const defaults = step === 'enable' ? `update-rc.d ${service} defaults && ` : ''
  return `if command -v update-rc.d >/dev/null; then ${defaults}update-rc.d ${service} ${step}${levels}
elif command -v chkconfig >/dev/null; then chkconfig${runlevels === undefined ? '' : ` --level ${quote(runlevels.join(''))}`} ${service} ${step === 'enable' ? 'on' : 'off'}
else echo 'neither update-rc.d nor chkconfig is there' >&2; false; fi`
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
