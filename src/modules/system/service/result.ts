import type { Change } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { JsonObject } from '../../../value/value.ts'
import type { ServiceState } from './state.ts'
import type { WantedService } from './wanted.ts'

/** Fields of a service task's result. */
export function serviceResult(wanted: Pick<WantedService, 'name' | 'state' | 'enabled'>, { manager, properties, running }: ServiceState): JsonObject {
  return {
    name: wanted.name,
    ...wanted.state === undefined ? {} : { state: running ? 'started' : 'stopped' },
    ...wanted.enabled === undefined ? {} : { enabled: wanted.enabled },
    ...properties === undefined ? {} : { status: properties },
    ...manager === 'sysvinit' ? { status: initScriptStatus(wanted) } : {},
  }
}

interface WantedInitScript extends Pick<WantedService, 'state' | 'enabled'> {
  readonly runlevels?: readonly string[] | undefined
}

/** What was done of what was asked of an init script, and what that said, as Ansible's sysvinit module tells it. */
export function initScriptStatus({ state, enabled, runlevels }: WantedInitScript, change?: Change<ServiceState>, said?: ExecResult): JsonObject {
  const isMoved = change !== undefined && (change.after.action !== undefined || change.before.running !== change.after.running)
  const isEnabled = enabled !== undefined && change !== undefined && change.before.enabled !== change.after.enabled
  return {
    enabled: { ...stepStatus(isEnabled ? said : undefined), ...runlevels !== undefined && { runlevels } },
    ...state === undefined ? {} : { [state]: stepStatus(isMoved ? said : undefined) },
  }
}

function stepStatus(said: ExecResult | undefined): JsonObject {
  if (said === undefined) return { changed: false, rc: null, stdout: null, stderr: null }
  return { changed: true, rc: said.status, stdout: said.stdout.toString('utf8'), stderr: said.stderr.toString('utf8') }
}
