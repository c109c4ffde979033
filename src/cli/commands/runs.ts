import type { Command } from 'commander'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { didYouMean } from '../../diagnostics/nearest.ts'
import type { RecordedEvent } from '../../journal/event-text.ts'
import { listRuns, readRun, summarise, type RunSummary } from '../../journal/run-store.ts'
import { changeLines } from '../run-changes.ts'

const DEFAULT_FOLDER = '.tsplay'

/** `tsplay runs list|show`: what was run here, and what each run changed. */
export function addRunsCommand(program: Command): void {
  const runs = program.command('runs').description('Show recorded runs.')
  runs.command('list').description('List runs, newest last.')
    .option('--journal <dir>', 'folder of the journal', DEFAULT_FOLDER)
    .option('--json', 'print JSON')
    .action(async (options: RunsOptions) => { await list(options) })
  runs.command('show').description('Show what a run changed, host by host.')
    .argument('[id]', 'the run; the newest one when left out')
    .option('--journal <dir>', 'folder of the journal', DEFAULT_FOLDER)
    .option('--json', 'print the recorded events, one a line')
    .action(async (id: string | undefined, options: RunsOptions) => { await show(id, options) })
}

interface RunsOptions { readonly journal: string, readonly json?: boolean }

async function list(options: RunsOptions): Promise<void> {
  const summaries = []
  for (const id of await listRuns(options.journal)) summaries.push(summarise(id, await readRun(options.journal, id) ?? []))
  if (options.json) print(JSON.stringify(summaries, undefined, 2))
  else if (summaries.length === 0) print('No runs are recorded here.')
  else for (const summary of summaries) print(summaryLine(summary))
}

async function show(wanted: string | undefined, options: RunsOptions): Promise<void> {
  const ids = await listRuns(options.journal)
  const id = wanted ?? ids.at(-1)
  const events = id === undefined ? undefined : await readRun(options.journal, id)
  if (id === undefined || events === undefined) throw noSuchRun(wanted, ids, options.journal)
  if (options.json) for (const event of events) print(JSON.stringify(event))
  else showEvents(id, events)
}

function showEvents(id: string, events: readonly RecordedEvent[]): void {
  print(summaryLine(summarise(id, events)))
  for (const line of changeLines(events)) print(line)
}

function summaryLine(summary: RunSummary): string {
  const kind = summary.check ? 'check' : 'run  '
  const open = summary.openChanges > 0 ? `, ${summary.openChanges} not ended` : ''
  return `${summary.id}  ${kind}  ${summary.state.padEnd(11)}  ${String(summary.changes).padStart(5)} changes${open}  ${summary.playbooks.join(' ')}`
}

function noSuchRun(wanted: string | undefined, ids: readonly string[], folder: string): DiagnosticError {
  const hint = wanted === undefined ? undefined : didYouMean(wanted, ids)
  const summary = wanted === undefined ? `Cannot show a run: none is recorded in ${folder}` : `Cannot show run '${wanted}': ${folder} has no run of that name`
  return new DiagnosticError([{ code: 'unknown-run', severity: 'error', summary, ...hint ? { hint } : {} }])
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
