import type { Diagnostic } from '../../diagnostics/types.ts'
import { checkBeforeRun } from '../../engine/check-before-run.ts'
import { runPlaybooks } from '../../engine/run.ts'
import type { RunRequest } from '../../engine/run-request.ts'
import type { Reporter } from '../../run/reporter.ts'
import { limitProblems } from './limit-problems.ts'
import { failOnErrors, showWarnings, withoutEchoes } from './problems.ts'

export interface CheckedRun {
  readonly request: RunRequest
  readonly reporter: Reporter
  /** What loading found. */
  readonly problems: readonly Diagnostic[]
  /** Done instead of running. */
  readonly instead?: ((request: RunRequest) => number) | undefined
}

/** Checks, tells everything that is wrong, runs, and closes what was opened, whatever happens. Resolves to the exit code. */
export async function checkAndRun({ request, reporter, problems, instead }: CheckedRun): Promise<number> {
  try {
    const isWhole = problems.every(({ severity }) => severity !== 'error')
    // Where nothing is run, nothing is asked.
    const found = (await checkBeforeRun(request, { isWhole })).filter(({ code }) => instead === undefined || code !== 'no-answer')
    const all = withoutEchoes([...problems, ...limitProblems(request), ...found])
    failOnErrors(all)
    showWarnings(all, request.config)
    return await (instead ?? runPlaybooks)(request)
  } finally {
    await reporter.close()
    await request.journal.close()
  }
}
