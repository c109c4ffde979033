import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { ServiceState } from './state.ts'

/** What a task wants of a service; what is undefined is left alone. */
export interface WantedService {
  readonly name: string
  readonly state: 'started' | 'stopped' | 'restarted' | 'reloaded' | undefined
  readonly enabled: boolean | undefined
  readonly masked?: boolean | undefined
  /** Load changed unit files. */
  readonly reloadUnits?: boolean | undefined
  readonly reexecute?: boolean | undefined
}

/** The change that makes it so. Throws when there is no such service. */
export function serviceChange(wanted: WantedService, before: ServiceState): Change<ServiceState> | undefined {
  if (!before.exists && !before.masked && !mayBeAbsent(wanted)) throw new ModuleFailure(`Could not find the requested service ${wanted.name}: host`)
  const after = wantedState(wanted, before)
  return sameState(before, after) ? undefined : { before, after }
}

// Of a service that is not there one may ask what is known of it, and that it is not masked.
function mayBeAbsent({ state, enabled, masked }: WantedService): boolean {
  return state === undefined && enabled === undefined && masked !== true
}

function wantedState(wanted: WantedService, before: ServiceState): ServiceState {
  const running = wanted.state === undefined ? before.running : wanted.state !== 'stopped'
  return {
    ...before,
    running,
    enabled: wanted.enabled ?? before.enabled,
    masked: wanted.masked ?? before.masked,
    stale: wanted.reloadUnits ? false : before.stale,
    ...actionOf(wanted, before),
    ...wanted.reexecute === true && { reexecuted: true },
  }
}

function actionOf({ state }: WantedService, before: ServiceState): Pick<ServiceState, 'action'> {
  // A stopped service is started instead, save that an init script's own `restart` is trusted to do that.
  if (state === 'restarted' && (before.running || before.manager === 'sysvinit')) return { action: 'restart' }
  return state === 'reloaded' && before.running ? { action: 'reload' } : {}
}

function sameState(before: ServiceState, after: ServiceState): boolean {
  return after.action === undefined && after.reexecuted === undefined && before.running === after.running && before.enabled === after.enabled
    && before.masked === after.masked && before.stale === after.stale
}
