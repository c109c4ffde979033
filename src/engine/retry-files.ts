import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { RunContext } from './run-context.ts'

/** Writes the hosts that failed or went away beside a playbook, for `--limit @FILE`. */
export function writeRetryFile({ request, events, failed, unreachable }: RunContext, playbook: string): void {
  const hosts = [...new Set([...failed, ...unreachable])].sort()
  if (!request.config.get('RETRY_FILES_ENABLED') || hosts.length === 0) return
  const path = join(request.config.get('RETRY_FILES_SAVE_PATH') ?? dirname(resolve(playbook)), `${basename(playbook, extname(playbook))}.retry`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, hosts.map((host) => `${host}\n`).join(''))
    events.emit({ kind: 'displayed', text: `\tto retry, use: --limit @${path}`, verbosity: 0 })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    events.emit({ kind: 'warned', diagnostic: { code: 'retry-file', severity: 'warning', summary: `Could not create retry file '${path}': ${reason}` } })
  }
}
