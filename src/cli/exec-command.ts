import type { Playbook } from '../playbook/ast.ts'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { checkBeforeRun } from '../engine/check-before-run.ts'
import { runPlaybooks } from '../engine/run.ts'
import { createModuleRegistry, type ModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { adHocPlaybook } from '../playbook/ad-hoc.ts'
import { createReporter } from '../report/create-reporter.ts'
import type { ExecFlags } from './commands/exec.ts'
import { composeRun } from './compose/compose-run.ts'
import { loadSources } from './compose/load-sources.ts'
import { failOnErrors, showWarnings } from './compose/problems.ts'

export interface ExecTarget {
  readonly pattern: string
  readonly shell: string | undefined
}

/** `tsplay exec`: a play of one task, made from the command line. Resolves to the exit code. */
export async function execCommand(target: ExecTarget, flags: ExecFlags): Promise<number> {
  const modules = createModuleRegistry(MODULES)
  const playbook = playbookOf(target, flags, modules)
  const sources = await loadSources(flags, modules)
  const reporter = await createReporter({ stream: process.stdout, environment: process.env, verbosity: Math.max(1, flags.verbose), diff: flags.diff ?? false })
  const request = await composeRun(flags, { sources, playbooks: [playbook], modules, reporter })
  const problems = [...sources.warnings, ...checkBeforeRun(request)]
  failOnErrors(problems)
  showWarnings(problems)
  const exitCode = await runPlaybooks(request)
  await reporter.close()
  await request.journal.close()
  return exitCode
}

function playbookOf({ pattern, shell }: ExecTarget, flags: ExecFlags, modules: ModuleRegistry): Playbook {
  const module = flags.moduleName ?? 'shell'
  const args = shell ?? flags.args ?? ''
  if (flags.moduleName === undefined && args === '') {
    throw new DiagnosticError([{ code: 'nothing-to-run', severity: 'error', summary: `Cannot run anything on '${pattern}': no command and no module is given`, hint: "tsplay exec PATTERN 'COMMAND', or tsplay exec PATTERN -m MODULE -a 'ARGS'" }])
  }
  const { value, diagnostics } = adHocPlaybook({ pattern, module, args, takesFreeText: modules.find(module)?.freeForm !== undefined })
  failOnErrors(diagnostics)
  return value
}
