import type { Diagnostic } from '../diagnostics/types.ts'
import { checkBeforeRun } from '../engine/check-before-run.ts'
import { listHosts, listTags, listTasks } from '../engine/listing.ts'
import { runPlaybooks } from '../engine/run.ts'
import type { RunOptions, RunRequest } from '../engine/run-request.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { createReporter } from '../report/create-reporter.ts'
import type { PlaybookFlags } from './commands/run.ts'
import { composeRun } from './compose/compose-run.ts'
import { loadPlaybooks, loadSources } from './compose/load-sources.ts'
import { failOnErrors, showWarnings } from './compose/problems.ts'
import { EXIT } from './exit-codes.ts'

/** `tsplay run`: loads everything, reports everything that is wrong with it, then runs. Resolves to the exit code. */
export async function runCommand(paths: readonly string[], flags: PlaybookFlags): Promise<number> {
  const modules = createModuleRegistry(MODULES)
  const sources = await loadSources(flags, modules)
  const { value: playbooks, diagnostics } = await loadPlaybooks(paths, sources)
  const reporter = await createReporter({ stream: process.stdout, environment: process.env, verbosity: flags.verbose, diff: flags.diff ?? false })
  const request = await composeRun(flags, { sources, playbooks, modules, reporter, options: playbookOptions(flags) })
  const problems = [...sources.warnings, ...diagnostics, ...soundChecks(request, diagnostics)]
  failOnErrors(problems)
  showWarnings(problems)
  const listings = listingText(request, flags)
  process.stdout.write(listings)
  const exitCode = listings !== '' || flags.syntaxCheck ? EXIT.ok : await runPlaybooks(request)
  await reporter.close()
  await request.journal.close()
  return exitCode
}

/** What the checks find; where something could not be read, names that it may have defined are not missed. */
function soundChecks(request: RunRequest, loading: readonly Diagnostic[]): readonly Diagnostic[] {
  const isWhole = loading.every(({ severity }) => severity !== 'error')
  return checkBeforeRun(request).filter(({ code }) => isWhole || code !== 'undefined-variable')
}

function listingText(request: RunRequest, flags: PlaybookFlags): string {
  return [
    ...flags.listHosts ? [listHosts(request)] : [],
    ...flags.listTasks ? [listTasks(request)] : [],
    ...flags.listTags ? [listTags(request)] : [],
  ].join('\n')
}

function playbookOptions(flags: PlaybookFlags): Partial<RunOptions> {
  return {
    tags: flags.tags ?? [],
    skipTags: flags.skipTags ?? [],
    step: flags.step ?? false,
    forceHandlers: flags.forceHandlers ?? false,
    ...flags.startAtTask !== undefined ? { startAtTask: flags.startAtTask } : {},
  }
}
