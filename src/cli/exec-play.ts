import type { Config } from '../config/config.ts'
import type { ExecFlags } from './commands/exec.ts'
import { UsageError } from './usage-error.ts'

export interface ExecTarget {
  readonly pattern: string
  readonly shell: string | undefined
}

/** Modules that are nothing without what they shall run. */
const NEEDS_ARGUMENTS: ReadonlySet<string> = new Set(['command', 'shell', 'script', 'raw', 'win_command', 'win_shell'])

/** The play that a command line of `exec` stands for, as its YAML would say it. */
export function execPlay({ pattern, shell }: ExecTarget, flags: ExecFlags, config: Config): object {
  if (flags.listHosts) return { hosts: pattern, tasks: [] }
  const module = flags.moduleName ?? (shell === undefined ? config.get('DEFAULT_MODULE_NAME') : 'shell')
  const args = shell ?? flags.args ?? config.get('DEFAULT_MODULE_ARGS') ?? ''
  if (args === '' && NEEDS_ARGUMENTS.has(module.split('.').at(-1) ?? module)) throw nothingToRun(pattern, module)
  return { name: 'Ansible Ad-Hoc', hosts: pattern, gather_facts: false, tasks: [{ name: module, [module]: argumentsOf(args), ...keywords(flags, config) }] }
}

function keywords({ background }: ExecFlags, config: Config): object {
  const timeout = config.get('TASK_TIMEOUT')
  return { ...background !== undefined && { async: background, poll: config.get('DEFAULT_POLL_INTERVAL') }, ...timeout > 0 && { timeout } }
}

/** Arguments as a JSON object, or text as in a playbook: free text or key=value. */
function argumentsOf(text: string): unknown {
  if (!text.trimStart().startsWith('{') || text.trimStart().startsWith('{{')) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError({ code: 'bad-arguments', severity: 'error', summary: `Cannot read the arguments as JSON: ${reason}` })
  }
}

function nothingToRun(pattern: string, module: string): UsageError {
  return new UsageError({
    code: 'nothing-to-run', severity: 'error', summary: `Cannot run anything on '${pattern}': no argument passed to ${module} module`,
    hint: "tsplay exec PATTERN 'COMMAND', or tsplay exec PATTERN -m MODULE -a 'ARGS'",
  })
}
