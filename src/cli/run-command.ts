import { listHosts, listTags, listTasks } from '../engine/listing.ts'
import type { RunOptions, RunRequest } from '../engine/run-request.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { callbackWarnings } from '../report/callbacks/index.ts'
import { createReporter } from '../report/create-reporter.ts'
import type { PlaybookFlags } from './commands/run.ts'
import { checkAndRun } from './compose/check-and-run.ts'
import { composeRun } from './compose/compose-run.ts'
import { NO_PASSWORDS, readPasswords } from './compose/connection-options.ts'
import { localhostWarnings } from './compose/localhost-warnings.ts'
import { loadPlaybooks, loadSources } from './compose/load-sources.ts'
import { openConfig } from './compose/open-config.ts'
import { verbosityOf } from './compose/verbosity.ts'
import { EXIT } from './exit-codes.ts'

/** `tsplay run`: loads everything, reports everything that is wrong with it, then runs. Resolves to the exit code. */
export async function runCommand(paths: readonly string[], flags: PlaybookFlags): Promise<number> {
  const config = openConfig(flags)
  const instead = doneInstead(flags)
  const passwords = instead ? NO_PASSWORDS : await readPasswords(config)
  const sources = await loadSources(flags, { config, passwords, modules: createModuleRegistry(MODULES) })
  const { value: playbooks, diagnostics } = await loadPlaybooks(paths, sources)
  const reporter = await createReporter({ stream: process.stdout, errors: process.stderr, config, verbosity: verbosityOf(flags, config), diff: config.get('DIFF_ALWAYS') })
  const request = await composeRun(instead ? { ...flags, journal: false } : flags, { sources, playbooks, reporter, options: playbookOptions(flags) })
  return checkAndRun({ request, reporter, problems: [...sources.problems, ...localhostWarnings(sources), ...callbackWarnings(config), ...diagnostics], instead })
}

/** Listings and `--syntax-check` take the place of a run. */
function doneInstead(flags: PlaybookFlags): ((request: RunRequest) => number) | undefined {
  const listings = [...flags.listHosts ? [listHosts] : [], ...flags.listTasks ? [listTasks] : [], ...flags.listTags ? [listTags] : []]
  if (listings.length === 0 && !flags.syntaxCheck) return undefined
  return (request) => {
    process.stdout.write(listings.map((list) => list(request)).join('\n'))
    return EXIT.ok
  }
}

function playbookOptions(flags: PlaybookFlags): Partial<RunOptions> {
  return { step: flags.step ?? false, ...flags.startAtTask !== undefined ? { startAtTask: flags.startAtTask } : {} }
}
