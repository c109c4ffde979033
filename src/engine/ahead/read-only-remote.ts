import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'

/** Something other than a read was tried ahead of a task's turn. */
class NotAheadError extends Error {
  readonly kind = 'not-ahead'
}

const READS: ReadonlySet<string | symbol> = new Set(['read', 'stat', 'lstat', 'readFile', 'readText', 'sha256', 'list'])
const PLAIN: ReadonlySet<string | symbol> = new Set(['host', 'user', 'then'])

/** A remote that only answers questions, and none that costs more than its answer may be worth: what comes before may change it, or make it needless. */
export function readOnly(remote: Remote): Remote {
  return new Proxy(remote, {
    get(target, name) {
      if (PLAIN.has(name)) return Reflect.get(target, name) as unknown
      if (!READS.has(name)) return () => Promise.reject(new NotAheadError(`Only reads are done ahead of time, not ${String(name)}`))
      if (name === 'read') return (probe: Probe<unknown>) => isCostly(probe) ? Promise.reject(new NotAheadError(`Not asked ahead of time: ${probe.key}`)) : target.read(probe)
      const method = Reflect.get(target, name) as (...args: readonly unknown[]) => unknown
      return method.bind(target)
    },
  })
}

function isCostly(probe: Probe<unknown>): boolean {
  return probe.kind === 'script' && probe.isCostly === true
}
