import { Command, CommanderError } from 'commander'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { createPaint } from '../diagnostics/paint.ts'
import { wantsColour } from '../report/create-output.ts'
import { addConfigCommand } from './commands/config.ts'
import { addConsoleCommand } from './commands/console.ts'
import { addDocCommand } from './commands/doc.ts'
import { addExecCommand } from './commands/exec.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addInventoryCommand } from './commands/inventory.ts'
import { addLintCommand } from './commands/lint.ts'
import { addRunCommand } from './commands/run.ts'
import { addRunsCommand } from './commands/runs.ts'
import { addVarsCommand } from './commands/vars.ts'
import { addSchemaCommand } from './commands/schema.ts'
import { addVaultCommand } from './commands/vault.ts'
import { wholeNames } from './whole-names.ts'
import { openConfig } from './compose/open-config.ts'
import { showProblems } from './compose/problems.ts'
import { calledAs } from './called-as.ts'
import { exitCodeOf } from './exit-code-of.ts'
import { EXIT } from './exit-codes.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'

/** In the order in which --help lists them. */
const COMMANDS = [
  addRunCommand,
  addExecCommand,
  addInventoryCommand,
  addVarsCommand,
  addRunsCommand,
  addLintCommand,
  addExplainCommand,
  addSchemaCommand,
  addVaultCommand,
  addDocCommand,
  addConfigCommand, addConsoleCommand,
] as const

/** Runs the command that the arguments name and sets the process's exit code. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = new Command('tsplay')
    .description("Runs Ansible's language, with nothing but sh on the target.")
    .version(`tsplay ${version}`)
    .exitOverride()
    .showHelpAfterError('(tsplay --help, or tsplay COMMAND --help, lists what there is)')
  for (const add of COMMANDS) add(program)
  ignoreClosedPipe(process.stdout)
  ignoreClosedPipe(process.stderr)
  try {
    await program.parseAsync(wholeNames(calledAs(argv), program))
  } catch (error) {
    process.exitCode = explain(error)
  }
}

/** A reader that went away (`tsplay run ... | head`) must not stop a run half-way. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  const config = openConfig({})
  if (error instanceof DiagnosticError) {
    showProblems(error.diagnostics, config)
    return error instanceof UsageError ? EXIT.badOptions : exitCodeOf(error.diagnostics)
  }
  const stack = error instanceof Error ? error.stack ?? error.message : String(error)
  process.stderr.write(`${createPaint(wantsColour(process.stderr, config)).red('tsplay met a mistake of its own; please report it')}:\n${stack}\n`)
  return EXIT.unexpected
}
