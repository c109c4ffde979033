import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { applyClock } from './system/clock/apply-clock.ts'
import { clockProbe, type ClockState } from './system/clock/clock-probe.ts'

/** `community.general.timezone`: the host's time zone, and what its hardware clock shows. */
export const timezone = defineModule({
  name: 'timezone',
  aliases: ['community.general.timezone'],
  summary: 'Keep the time zone of the host.',
  args: {
    name: { type: 'str', description: 'The time zone: `Asia/Shanghai`.' },
    hwclock: { type: 'str', choices: ['local', 'UTC'], aliases: ['rtc'], description: 'Whether the hardware clock shows local time.' },
  },
  constraints: { oneOf: [['hwclock', 'name']] },
  examples: [{ name: 'All sites of the region', args: { name: 'Asia/Shanghai' } }],
  touches: () => ({ keys: ['timezone:*', 'facts:*', 'clock'], paths: ['/etc/localtime', '/etc/timezone', '/etc/adjtime', '/etc/default/rcS'] }),
  observe: (wanted: WantedClock, remote) => remote.read(clockProbe(wanted.name)),
  diff: ({ name, hwclock }, before) => {
    if (name !== undefined && !before.exists) throw new ModuleFailure(`given timezone "${name}" is not available`)
    const after: ClockState = { ...before, name: name ?? before.name, hwclock: hwclock ?? before.hwclock }
    if (after.name === before.name && after.hwclock === before.hwclock) return undefined
    const shown = (state: ClockState) => `${name === undefined ? '' : `name: ${state.name}\n`}${hwclock === undefined ? '' : `hwclock: ${state.hwclock}\n`}`
    return { before, after, diff: [{ before: shown(before), after: shown(after) }] }
  },
  apply: async ({ name }, change: Change<ClockState>, remote: Remote) => applyClock(name, change, remote),
  undo: 'swap',
})

interface WantedClock {
  readonly name: string | undefined
  readonly hwclock: 'local' | 'UTC' | undefined
}
