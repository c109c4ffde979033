import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { createExecReporter } from '../report/exec-reporter.ts'
import type { ExecFlags } from './commands/exec.ts'
import { checkAndRun } from './compose/check-and-run.ts'
import { composeRun } from './compose/compose-run.ts'
import { readPasswords } from './compose/connection-options.ts'
import { loadSources } from './compose/load-sources.ts'
import { openConfig } from './compose/open-config.ts'
import { failOnErrors } from './compose/problems.ts'
import { verbosityOf } from './compose/verbosity.ts'

export interface ExecTarget {
  readonly pattern: string
  readonly shell: string | undefined
}

/** `tsplay exec`: a play of one task, made from the command line. Resolves to the exit code. */
export async function execCommand(target: ExecTarget, flags: ExecFlags): Promise<number> {
  const config = openConfig(flags)
  const text = playbookText(target, flags)
  const sources = await loadSources(flags, { config, modules: createModuleRegistry(MODULES), passwords: await readPasswords(config) })
  const { value: playbook, diagnostics } = await sources.loader.source({ path: '<command line>', text }, process.cwd())
  failOnErrors(diagnostics)
  const reporter = createExecReporter({ stream: process.stdout, errors: process.stderr, config, verbosity: verbosityOf(flags, config), diff: config.get('DIFF_ALWAYS') }, flags.oneLine ? 'oneline' : 'minimal')
  const request = await composeRun(flags, { sources, playbooks: [playbook], reporter })
  return checkAndRun({ request, reporter, problems: sources.problems })
}

/** The play as YAML; JSON is YAML too. */
function playbookText({ pattern, shell }: ExecTarget, flags: ExecFlags): string {
  const module = flags.moduleName ?? 'shell'
  const args = shell ?? flags.args ?? ''
  if (flags.moduleName === undefined && args === '') throw nothingToRun(pattern)
  return JSON.stringify([{ name: 'exec', hosts: pattern, gather_facts: false, tasks: [{ name: module, [module]: argumentsOf(args) }] }])
}

/** Arguments as a JSON object, or text as in a playbook: free text or key=value. */
function argumentsOf(text: string): unknown {
  if (!text.trimStart().startsWith('{') || text.trimStart().startsWith('{{')) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DiagnosticError([{ code: 'bad-arguments', severity: 'error', summary: `Cannot read the arguments as JSON: ${reason}` }])
  }
}

function nothingToRun(pattern: string): DiagnosticError {
  return new DiagnosticError([{
    code: 'nothing-to-run', severity: 'error', summary: `Cannot run anything on '${pattern}': no command and no module is given`,
    hint: "tsplay exec PATTERN 'COMMAND', or tsplay exec PATTERN -m MODULE -a 'ARGS'",
  }])
}
