import type { Config } from '../config/config.ts'
import type { RunRequest } from '../engine/run-request.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { createReporter } from '../report/create-reporter.ts'
import { createExecReporter } from '../report/exec-reporter.ts'
import { createTreeReporter } from '../report/tree-reporter.ts'
import { bothReporters } from '../report/both-reporters.ts'
import type { Reporter } from '../run/reporter.ts'
import type { ExecFlags } from './commands/exec.ts'
import { checkAndRun } from './compose/check-and-run.ts'
import { composeRun } from './compose/compose-run.ts'
import { NO_PASSWORDS, readPasswords } from './compose/connection-options.ts'
import { localhostWarnings } from './compose/localhost-warnings.ts'
import { loadSources } from './compose/load-sources.ts'
import { openConfig } from './compose/open-config.ts'
import { failOnErrors } from './compose/problems.ts'
import { verbosityOf } from './compose/verbosity.ts'
import { execPlay, type ExecTarget } from './exec-play.ts'
import { EXIT } from './exit-codes.ts'

/** `tsplay exec`: a play of one task, made from the command line. Resolves to the exit code. */
export async function execCommand(target: ExecTarget, flags: ExecFlags): Promise<number> {
  const config = openConfig(flags)
  const text = JSON.stringify([execPlay(target, flags, config)])
  const sources = await loadSources(flags, { config, modules: createModuleRegistry(MODULES), passwords: flags.listHosts ? NO_PASSWORDS : await readPasswords(config) })
  const { value: playbook, diagnostics } = await sources.loader.source({ path: '<command line>', text }, config.get('PLAYBOOK_DIR') ?? process.cwd())
  failOnErrors(diagnostics)
  const reporter = await reporterOf(flags, config)
  const request = await composeRun(flags.listHosts ? { ...flags, journal: false } : flags, { sources, playbooks: [playbook], reporter })
  const problems = [...sources.problems, ...localhostWarnings(sources, target.pattern)]
  return checkAndRun({ request, reporter, problems, ...flags.listHosts && { instead: (run: RunRequest) => listHosts(run, target, flags) } })
}

async function reporterOf(flags: ExecFlags, config: Config): Promise<Reporter> {
  const options = { stream: process.stdout, errors: process.stderr, config, verbosity: verbosityOf(flags, config), diff: config.get('DIFF_ALWAYS') }
  // As with Ansible, commands on hosts have their own form unless callbacks are asked for.
  const screen = asksForCallbacks(config) && flags.oneLine !== true ? await createReporter(options) : createExecReporter(options, flags.oneLine === true ? 'oneline' : 'minimal')
  return flags.tree === undefined ? screen : bothReporters(screen, createTreeReporter(flags.tree))
}

function asksForCallbacks(config: Config): boolean {
  return config.get('DEFAULT_LOAD_CALLBACK_PLUGINS') && config.get('DEFAULT_STDOUT_CALLBACK') !== 'default'
}

function listHosts({ inventory }: RunRequest, { pattern }: ExecTarget, { limit }: ExecFlags): number {
  const hosts = inventory.select(pattern, limit === undefined ? {} : { limit })
  process.stdout.write([`  hosts (${hosts.length}):`, ...hosts.map((host) => `    ${host}`), ''].join('\n'))
  return EXIT.ok
}
