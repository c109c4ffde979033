import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter } from '../run/reporter.ts'
import { pythonJson } from './ansible/python-json.ts'

/** A file a host, with the last result as JSON. */
export function createTreeReporter(folder: string): Reporter {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    report(event) {
      if (event.kind === 'host-ended') writeFileSync(join(folder, event.host.replaceAll('/', '_')), pythonJson(event.outcome.result))
    },
    close: () => Promise.resolve(),
  }
}
