import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import type { Playbook } from '../playbook/ast.ts'
import { runPlay } from './play/run-play.ts'
import { createRunContext, type RunContext } from './run-context.ts'
import { writeRetryFile } from './retry-files.ts'
import type { RunRequest } from './run-request.ts'
import { runFigures } from './run-figures.ts'

/** Exit codes, as those of ansible-playbook. */
const EXIT = { ok: 0, error: 1, failed: 2, unreachable: 4, interrupted: 99 } as const

/** Runs playbooks, one after another; resolves to the exit code. */
export async function runPlaybooks(request: RunRequest): Promise<number> {
  const run = createRunContext(request)
  request.templar.tellWarnings((diagnostic) => { run.events.emit({ kind: 'warned', diagnostic }) })
  const started = performance.now()
  announce(run)
  let isBroken = false
  try {
    await runAll(run)
    if (!request.signal.aborted) await run.jobs.settle()
    if (run.fault) throw run.fault
  } catch (error) {
    isBroken = !request.signal.aborted
    if (isBroken) for (const diagnostic of diagnosticsOf(error)) run.events.emit({ kind: 'warned', diagnostic })
  }
  const exitCode = isBroken ? EXIT.error : exitCodeOf(run)
  await run.events.record({
    kind: 'run-ended', time: new Date().toISOString(), exitCode,
    recap: run.recap.hosts, figures: runFigures(run, started),
  })
  await run.sessions.close()
  return exitCode
}

async function runAll(run: RunContext): Promise<void> {
  let index = 0
  for (const playbook of run.request.playbooks) {
    const goesOn = await runPlays(run, playbook, () => index++)
    writeRetryFile(run, playbook.path)
    if (!goesOn || isOver(run) || run.failed.size > 0 || run.unreachable.size > 0) return
  }
}

/** False when nothing may come after. */
async function runPlays(run: RunContext, { path, plays }: Playbook, next: () => number): Promise<boolean> {
  if (run.request.options.verbosity >= 2) run.events.emit({ kind: 'displayed', text: `${plays.length} plays in ${path}`, verbosity: 2 })
  for (const play of plays) {
    if (isOver(run) || !await runPlay(run, play, next())) return false
  }
  return true
}

function isOver({ request, fault }: RunContext): boolean {
  return request.signal.aborted || fault !== undefined
}

function announce({ request, events }: RunContext): void {
  const { check, diff, forks, verbosity, tags, skipTags, limit } = request.options
  events.emit({
    kind: 'run-started', id: request.id, time: new Date().toISOString(),
    playbooks: request.playbooks.map(({ path }) => path),
    options: { check, diff, forks, verbosity, tags, skipTags, limit },
  })
}

function exitCodeOf({ request, unreachable, failed }: RunContext): number {
  if (request.signal.aborted) return EXIT.interrupted
  if (unreachable.size > 0) return EXIT.unreachable
  return failed.size > 0 ? EXIT.failed : EXIT.ok
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) return error.diagnostics
  const summary = error instanceof Error ? error.message : String(error)
  const isOurs = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  return [{ code: 'run-failed', severity: 'error', summary, ...(isOurs && error.stack !== undefined && { detail: error.stack }) }]
}
