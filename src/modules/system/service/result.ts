import type { JsonObject } from '../../../value/value.ts'
import type { ServiceState } from './state.ts'
import type { WantedService } from './wanted.ts'

/** Fields of a service task's result. */
export function serviceResult(wanted: Pick<WantedService, 'name' | 'state' | 'enabled'>, { properties, running }: ServiceState): JsonObject {
  return {
    name: wanted.name,
    ...wanted.state === undefined ? {} : { state: running ? 'started' : 'stopped' },
    ...wanted.enabled === undefined ? {} : { enabled: wanted.enabled },
    ...properties === undefined ? {} : { status: properties },
  }
}
