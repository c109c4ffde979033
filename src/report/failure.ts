import type { Diagnostic } from '../diagnostics/types.ts'
import type { Outcome } from '../run/outcome.ts'
import type { TaskAddress } from '../run/run-event.ts'
import { failureLines } from './result-text.ts'

export interface Failure {
  readonly task: TaskAddress
  readonly hosts: readonly string[]
  readonly outcome: Outcome
}

/** A failure as a diagnostic: the task's place, which hosts, why, and what they said. */
export function failureDiagnostic({ task, hosts, outcome }: Failure): Diagnostic {
  const [reason = '', ...more] = failureLines(outcome.result)
  const unreachable = outcome.status === 'unreachable'
  const who = hosts.length > 3 ? `${hosts.length} hosts (${hosts.slice(0, 3).join(', ')}, …)` : hosts.join(', ')
  return {
    code: unreachable ? 'unreachable' : 'task-failed',
    severity: 'error',
    summary: unreachable ? `Cannot reach ${who}: ${reason}` : `Task '${task.name}' failed on ${who}: ${reason}`,
    ...more.length > 0 ? { detail: more.join('\n').replace(/^\s*\n/, '') } : {},
    ...task.range && !unreachable ? { range: task.range } : {},
    ...typeof outcome.result['hint'] === 'string' ? { hint: outcome.result['hint'] } : {},
  }
}
