import type { Outcome } from '../run/outcome.ts'
import type { HostRecap } from '../run/run-event.ts'

type Counts = { -readonly [Name in keyof HostRecap]: number }

/** Counts how tasks ended, by host, as Ansible's recap does: a change is also ok, an ignored failure too. */
export class Recap {
  readonly #hosts = new Map<string, Counts>()
  #tasks = 0

  /** `by` -1 takes a result back that does not count in the end. */
  count(host: string, outcome: Outcome, { rescuable, by = 1 }: { readonly rescuable: boolean, readonly by?: 1 | -1 }): void {
    const counts = this.#of(host)
    this.#tasks += by
    for (const name of counted(outcome, rescuable)) counts[name] += by
  }

  get hosts(): ReadonlyMap<string, HostRecap> {
    return this.#hosts
  }

  /** Task results over all hosts. */
  get tasks(): number {
    return this.#tasks
  }

  #of(host: string): Counts {
    const known = this.#hosts.get(host)
    if (known) return known
    const counts = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 0 }
    this.#hosts.set(host, counts)
    return counts
  }
}

function counted({ status, ignored, result }: Outcome, rescuable: boolean): readonly (keyof HostRecap)[] {
  if (status === 'changed') return ['ok', 'changed']
  if (status === 'failed' && ignored) return result.changed === true ? ['ok', 'changed', 'ignored'] : ['ok', 'ignored']
  if (status === 'failed') return [rescuable ? 'rescued' : 'failed']
  if (status === 'unreachable' && ignored) return ['ok', 'ignored']
  return [status]
}
