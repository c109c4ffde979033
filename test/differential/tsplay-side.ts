import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeEvents, type RecordedEvent } from '../../src/journal/event-text.ts'
import type { Outcome } from '../../src/run/outcome.ts'
import type { HostEnded, RunEnded } from '../../src/run/run-event.ts'
import type { Content } from './case-file.ts'
import { byHost, diffsOf, RECAP_COUNTS, type ResultRecord, type RunRecord } from './record.ts'
import { lookAt } from './scratch.ts'

const PROGRAM = join(import.meta.dirname, '../../dist/tsplay.js')

/** Runs the bundle in a folder, and reads back what its journal has. */
export async function runTsplay(given: Content, folder: string, { args, through = [] }: { readonly args: readonly string[], readonly through?: readonly string[] }): Promise<RunRecord> {
  const environment = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), LANG: 'C.UTF-8', ...given.environment }
  const [program = '', ...words] = [...through, process.execPath, PROGRAM, 'run', ...args, '--journal', '.tsplay']
  const child = spawn(program, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output.push(text) })
  const [exitCode] = await once(child, 'close') as [number | null]
  const events = readJournal(join(folder, '.tsplay', 'runs'))
  const end = events.find(({ kind }) => kind === 'run-ended') as unknown as { readonly recap: Readonly<Record<string, Readonly<Record<string, number>>>> } & Pick<RunEnded, 'exitCode'> | undefined
  return {
    exitCode: exitCode ?? -1,
    hosts: byHost(events.filter(({ kind }) => kind === 'host-ended' || kind === 'item-ended' || kind === 'task-retried').map(toRecord)),
    recap: Object.fromEntries(Object.entries(end?.recap ?? {}).map(([host, counts]) => [host, Object.fromEntries(RECAP_COUNTS.map((name) => [name, counts[name] ?? 0]))])),
    files: lookAt(folder),
    output: output.join(''),
  }
}

function readJournal(runs: string): RecordedEvent[] {
  if (!existsSync(runs)) return []
  return readdirSync(runs).flatMap((run) => decodeEvents(readFileSync(join(runs, run, 'events.jsonl'), 'utf8')))
}

const KINDS: Readonly<Record<string, ResultRecord['kind']>> = { 'host-ended': 'host', 'item-ended': 'item', 'task-retried': 'retry' }

function toRecord(event: RecordedEvent): { host: string, record: ResultRecord } {
  const { kind, host, task, outcome } = event as unknown as { kind: string, host: string, outcome: Outcome } & Pick<HostEnded, 'task'>
  const { diff, ...result } = outcome.result
  return {
    host,
    record: {
      kind: KINDS[kind] ?? 'host',
      play: task.play.name,
      task: task.role ? `${task.role} : ${task.name}` : task.name,
      action: task.module,
      status: kind === 'task-retried' ? 'failed' : outcome.status,
      ignored: outcome.ignored ?? false,
      result,
      diff: diffsOf(diff),
    },
  }
}
